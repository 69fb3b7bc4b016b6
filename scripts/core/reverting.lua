--- Trait of builders: earlier versions of classes that were made in the game.

--- The source of a version, which may be the one that runs.
function self:version_of(name, version)
  local now = self:class_source(name)
  if now and now.source and now.version == version then return now.source end
  if now and not now.made then
    refuse("{name} is a file of the world: its earlier versions are not kept here.", {name = name})
  end
  local past = self:past_source(name, version)
  if past.source then return past.source end
  if past.error ~= "nothing" then refuse("That cannot be looked up: {why}.", {why = past.error}) end
  refuse("There is no version {n} of {name} that is yours, as far back as is kept.",
    {n = version, name = name})
end

--- Makes the class of something, or a class that you made, what it was in an earlier version:
--- revert bell to 3, revert class bell to 3. history bell tells which there were, and show class
--- bell version 3 shows one.
verb("revert text to number", {role = "builder"})
function self:revert(who, words, version)
  who:check_typed(caller())
  local class = words:match "^class%s+([%w_]+)$"
  local thing = not class and who:must_own(words) or nil
  local name = class and class:lower() or who:own_class_name(thing)
  local source = who:version_of(name, version)
  local fault = who:put_class(name, source, thing)
  if fault then
    refuse("Version {n} does not work any more, and nothing has changed:\n\n{#code {fault}}",
      {n = version, fault = fault})
  end
  who:tell("{name} is what it was in version {n}.", {name = name, n = version})
end
