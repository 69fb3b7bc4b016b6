#pragma once

#include "net/ssh/ssh_link.hpp"
#include "world/native.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gyre::net {

/// Who comes by SSH, and whether that is proved. Without I/O: proofs of the client go in, Next says what to
/// do.
class SshLogin {
  public:
    enum class Next : std::uint8_t {
        deny,
        ask,             ///< words() and questions() to the client.
        key_would_do,    ///< Let it sign.
        check_password,  ///< name() and password(), then checked().
        create_account,  ///< Make it of name() and password(), then account_created().
        check_key,       ///< name() and fingerprint(), then checked().
        create_by_key,   ///< Make it of name() and key(), then account_created().
        welcome,         ///< player() is who it is.
        hang_up,
    };
    /// Proofs that a connection may try; what OpenSSH allows by default is 6. Offers of keys count too, for
    /// some agents hold many.
    static constexpr unsigned max_tries = 6;
    static constexpr unsigned max_offers = 24;

    SshLogin(const world::Native& native, bool accounts_by_key)
        : native_(native), accounts_by_key_(accounts_by_key) {}

    [[nodiscard]] Next proved(const SshProof& proof);
    /// A password or a key was.
    [[nodiscard]] Next checked(const world::LoginResult& result);
    [[nodiscard]] Next account_created(const Result<ObjectId>& created);

    [[nodiscard]] const std::string& words() const { return words_; }
    [[nodiscard]] const std::vector<std::string>& questions() const { return questions_; }
    [[nodiscard]] const std::string& name() const { return name_; }
    [[nodiscard]] const std::string& password() const { return password_; }
    [[nodiscard]] const std::string& key() const { return key_; }
    [[nodiscard]] const std::string& fingerprint() const { return fingerprint_; }
    [[nodiscard]] ObjectId player() const { return player_; }

  private:
    enum class Asked : std::uint8_t { nothing, password, new_password };

    Next try_method(const SshProof& proof);
    Next begin_questions();
    Next answered(const std::vector<std::string>& answers);
    Next name_refused(const SshProof& proof, std::string_view fault);
    Next check_password(const std::string& password);
    Next try_key(const SshProof& proof);
    Next ask(Asked asked, std::string words, std::vector<std::string> questions);
    /// Says why to a client that shows words, and denies.
    Next deny_because(std::string words);
    [[nodiscard]] bool may_become() const;

    const world::Native& native_;
    std::string name_;
    std::string password_;
    std::string key_;
    std::string fingerprint_;
    std::string words_;
    std::vector<std::string> questions_;
    ObjectId player_ = ObjectId::nothing;
    unsigned tries_ = 0;
    unsigned offers_ = 0;
    Asked asked_ = Asked::nothing;
    bool interactive_ = false;  ///< The proof that is being checked came by questions.
    bool accounts_by_key_;
};

}  // namespace gyre::net
