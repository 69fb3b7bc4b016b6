--- Trait of rooms: parts of the view that are no things of their own, but can be looked at.
property.details = {}                        --- List of {words, description}: any word means it.

--- Looks at a part of the view.
verb("look|l at text", {priority = -5, hidden = true})
verb("examine|x|look text", {priority = -5, hidden = true})
verb("read|search text", {priority = -5, hidden = true})
function self:look_at_detail(who, words)
  local detail = self:detail_for(who, words)
  if not detail then decline() end
  who:tell(detail)
end

--- Refuses to hand over a part of the view.
verb("take|get text", {priority = -5, hidden = true})
function self:take_detail(who, words)
  if not self:detail_for(who, words) then decline() end
  refuse "That belongs to the place, and stays there."
end

--- The description of the part that these words mean; nil: there is none, or it is dark.
function self:detail_for(who, words)
  if not who:sees(self) then return nil end
  local wanted = words:lower():match "(%w+)%W*$"
  for _, detail in ipairs(self.details) do
    for word in detail[1]:gmatch "%w+" do
      if word == wanted then return detail[2] end
    end
  end
end
