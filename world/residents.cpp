#include "world/residents.hpp"

#include "engine/base/ascii.hpp"
#include "engine/base/log.hpp"
#include "engine/base/password_rules.hpp"
#include "world/namesakes.hpp"

#include <fmt/format.h>
#include <memory>
#include <utility>

namespace gyre::world {

namespace {

constexpr std::string_view base32 = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";  // Without I, O, 0 and 1.

/// "XXXX-XXXX-XXXX-XXXX", 5 bits a letter.
std::string claim_code(const Secrets& secrets) {
    const std::string bytes = secrets.random_bytes(Residents::claim_bits / 5);
    std::string code;
    for (std::size_t index = 0; index < bytes.size(); ++index) {
        if (index > 0 && index % 4 == 0) code += '-';
        code += base32[static_cast<unsigned char>(bytes[index]) % base32.size()];
    }
    return code;
}

/// As typed by hand: case and dashes do not matter.
std::string normalised(std::string_view code) {
    std::string plain;
    for (const char letter : code) {
        if (letter == '-' || letter == ' ') continue;
        plain += ascii::capital(letter);
    }
    return plain;
}

/// "alice", "Alice" and "ALICE" become Alice.
std::string as_title(std::string_view name) { return ascii::capitalised(ascii::small(std::string{name})); }

}  // namespace

void Residents::begin(std::string_view what, ObjectId actor) {
    Origin origin;
    origin.service = "accounts";
    origin.actor = actor;
    origin.description = what;
    world_.transaction.begin(std::move(origin));
}

Native::NameState Residents::name_state(std::string_view name) const {
    if (!Names::well_formed(name)) return NameState::malformed;
    const bool known = world_.accounts.find(name) != nullptr ||
                       world_.names.peek(Names::Space::character, name) != ObjectId::nothing;
    if (known) return NameState::taken;
    const bool kept = Names::reserved(name) ||
                      world_.names.peek(Names::Space::singleton, name) != ObjectId::nothing ||
                      is_called_like_npc(world_, name);
    return kept ? NameState::reserved : NameState::free;
}

const Account* Residents::account_of(ObjectId player) const {
    Object* object = world_.objects.living(player);
    Property* number = object == nullptr ? nullptr : object->find(atom(atoms::account));
    return number == nullptr ? nullptr : world_.accounts.find(number->value.integer());
}

/// `account`: whose owner has proved to be it; null: nobody has. Wizards come in from anywhere, or a mistaken
/// range could lock all of them out.
const Ban* Residents::ban_for(const Caller& caller, const Account* account) const {
    if (account != nullptr && account->role == Role::wizard) return nullptr;
    const Ban* ban = world_.bans.of_address(caller.address, now());
    return ban == nullptr && account != nullptr ? world_.bans.of_account(account->name, now()) : ban;
}

LoginResult Residents::sent_away(const Caller& caller, std::string_view name, const Ban& ban) const {
    log::info("login", "banned", {{"name", name}, {"address", caller.address}, {"by", ban.mask}});
    LoginResult result;
    result.kind = LoginResult::Kind::banned;
    result.why = ban.words();
    return result;
}

void Residents::log_in(const Caller& caller, std::string_view name, std::string_view password,
                       std::function<void(std::size_t)> waiting,
                       std::function<void(const LoginResult&)> reply) {
    // That an account is banned only its owner learns, who knows the password.
    const auto checked = [this, caller, name = std::string{name},
                          reply = std::move(reply)](const LoginResult& result) {
        const Account* account =
            result.kind == LoginResult::Kind::welcome ? account_of(result.player) : nullptr;
        const Ban* ban = ban_for(caller, account);
        reply(ban == nullptr ? result : sent_away(caller, name, *ban));
    };
    verify(caller, name, password, std::move(waiting), checked);
}

void Residents::verify(const Caller& caller, std::string_view name, std::string_view password,
                       std::function<void(std::size_t)> waiting,
                       std::function<void(const LoginResult&)> reply) {
    const ObjectId player = world_.names.peek(Names::Space::character, name);
    const Account* account = account_of(player);
    if (password.size() > max_password) account = nullptr;
    const auto answer = [reply = std::move(reply), player, caller,
                         name = std::string{name}](Logins::Answer verdict) {
        LoginResult result;
        result.retry_seconds = verdict.retry_seconds;
        switch (verdict.verdict) {
            case Logins::Verdict::right:
                result.kind = LoginResult::Kind::welcome;
                result.player = player;
                break;
            case Logins::Verdict::wrong:
                result.kind = LoginResult::Kind::wrong;
                log::info(
                    "login", "wrong name or password",
                    {{"name", name}, {"address", caller.address}, {"door", std::string{caller.service}}});
                break;
            case Logins::Verdict::throttled:
                result.kind = LoginResult::Kind::throttled;
                break;
            case Logins::Verdict::busy:
                result.kind = LoginResult::Kind::busy;
                break;
        }
        reply(result);
    };
    // A remembered success or a throttle answers at once: never before this returns.
    const auto later = [this, answer](const Logins::Answer& verdict) {
        defer_([answer, verdict] { answer(verdict); });
    };
    logins_.check(caller, account, password.substr(0, max_password), std::move(waiting), later);
}

Status Residents::may_be_created(const Caller& caller, std::string_view name) const {
    if (!settings_.registration) return Error{Errc::denied, "Nobody new is let in here at present."};
    if (const Ban* ban = world_.bans.of_address(caller.address, now()))
        return Error{Errc::denied, ban->words()};
    if (name_state(name) != NameState::free) return Error{Errc::exists, "that name cannot be had"};
    return done();
}

void Residents::create_account(const Caller& caller, std::string_view name, std::string_view password,
                               std::function<void(std::size_t)> waiting,
                               std::function<void(const Result<ObjectId>&, BatchNumber)> reply) {
    const auto fail = [this, reply](const Error& error) { defer_([reply, error] { reply(error, 0); }); };
    if (const Status may = may_be_created(caller, name); !may) return fail(may.error());
    if (const Status fits = may_be_password(password); !fits) return fail(fits.error());
    logins_.hash(caller, password, std::move(waiting),
                 [this, reply, caller, name = std::string{name}](std::optional<std::string> hash) {
                     if (!hash) {
                         defer_([reply] { reply(Error{Errc::busy, "too many are waiting"}, 0); });
                         return;
                     }
                     BatchNumber needs = 0;
                     const Result<ObjectId> player = create_with_hash(name, *hash, needs);
                     log::info("login", player ? "new account" : "no new account",
                               {{"name", name}, {"address", caller.address}});
                     defer_([reply, player, needs] { reply(player, needs); });
                 });
}

Result<ObjectId> Residents::create_with_hash(std::string_view name, std::string_view hash,
                                             BatchNumber& needs) {
    // Asked again: somebody may have been quicker while the hash was made.
    if (name_state(name) != NameState::free)
        return Error{Errc::exists, fmt::format("the name {} cannot be had", name)};
    Class* of = world_.classes.find(world_.atoms.find("player"));
    if (of == nullptr || !of->exists) return Error{Errc::not_found, "the world has no class 'player'"};
    begin("create account", ObjectId::nothing);
    const Account& account = world_.accounts.create(name, hash, now(), world_.transaction);
    Object& player = world_.transaction.create(*of, ObjectId::nothing);
    world_.transaction.set(player, atom(atoms::owner), Value{player.id});
    world_.transaction.set(player, atom(atoms::account), Value{account.id});
    world_.transaction.set(player, atom(atoms::name), Value{as_title(name)});
    world_.names.add(Names::Space::character, name, player.id, world_.transaction);
    calls_.own_call(player.id, world_.atoms.intern("created"), {}, player.id);
    needs = world_.transaction.commit();
    return player.id;
}

void Residents::change_password(ObjectId player, std::string_view old_password, std::string_view password,
                                const Caller& caller, std::function<void(const Status&, BatchNumber)> reply) {
    const auto fail = [this, reply](const Error& error) { defer_([reply, error] { reply(error, 0); }); };
    const Account* account = account_of(player);
    if (account == nullptr) return fail({Errc::not_found, "this character has no account"});
    if (const Status fits = may_be_password(password); !fits) return fail(fits.error());
    const std::int64_t id = account->id;
    const auto replace = [this, reply, fail, player, id,
                          session = caller.session](std::optional<std::string> hash) {
        if (!hash) return fail({Errc::busy, "too many are waiting"});
        begin("change password", player);
        world_.accounts.set_password(id, *hash, now(), world_.transaction);
        world_.transaction.tell(player, text::plain_tree("The password of your account was changed."));
        const BatchNumber needs = world_.transaction.commit();
        logins_.forget(id);
        end_other_sessions(player, session);
        defer_([reply, needs] { reply(done(), needs); });
    };
    logins_.check(
        caller, account, old_password, {},
        [this, fail, replace, caller, password = std::string{password}](const Logins::Answer& answer) {
            if (answer.verdict == Logins::Verdict::busy) return fail({Errc::busy, "too many are waiting"});
            if (answer.verdict != Logins::Verdict::right) {
                return fail({Errc::denied, "the old password is wrong"});
            }
            logins_.hash(caller, password, {}, replace);
        });
}

Result<BatchNumber> Residents::set_password_hash(std::string_view name, std::string_view hash) {
    const Account* account = world_.accounts.find(name);
    if (account == nullptr) return Error{Errc::not_found, fmt::format("there is no account {}", name)};
    begin("set password", ObjectId::nothing);
    world_.accounts.set_password(account->id, hash, now(), world_.transaction);
    logins_.forget(account->id);
    const BatchNumber needs = world_.transaction.commit();
    end_other_sessions(world_.names.peek(Names::Space::character, name), SessionId::none);
    return needs;
}

Result<BatchNumber> Residents::set_role(std::string_view name, Role role) {
    const Account* account = world_.accounts.find(name);
    if (account == nullptr) return Error{Errc::not_found, fmt::format("there is no account {}", name)};
    begin("set role", ObjectId::nothing);
    world_.accounts.set_role(account->id, role, world_.transaction);
    return world_.transaction.commit();
}

std::string Residents::open_claim() {
    if (world_.accounts.has_wizard() || !world_.accounts.claim_digest().empty()) return {};
    std::string code = claim_code(secrets_);
    begin("open claim", ObjectId::nothing);
    world_.accounts.set_claim_digest(secrets_.digest(normalised(code)), now(), world_.transaction);
    world_.transaction.commit();
    return code;
}

Result<BatchNumber> Residents::claim(ObjectId player, std::string_view code, const Caller& caller) {
    const Error denied{Errc::denied, "that is not the code, or it was used already"};
    const Account* account = account_of(player);
    const std::string& digest = world_.accounts.claim_digest();
    if (!caller.secure || account == nullptr || digest.empty()) return denied;
    if (!secrets_.equal(secrets_.digest(normalised(code)), digest)) {
        log::warn("login", "wrong claim code", {{"name", account->name}, {"address", caller.address}});
        return denied;
    }
    begin("claim", player);
    world_.accounts.set_claim_digest({}, now(), world_.transaction);
    world_.accounts.set_role(account->id, Role::wizard, world_.transaction);
    log::info("login", "claimed the world", {{"name", account->name}});
    return world_.transaction.commit();
}

}  // namespace gyre::world
