#include "engine/app/openssl_secrets.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace gyre::app;

TEST_CASE("secrets: a password matches its hash and no other does", "[app][secrets]") {
    const OpensslSecrets secrets(cheap_cost);
    const std::string hash = secrets.hash_password("correct horse");
    CHECK(hash.substr(0, 23) == "$scrypt$ln=4,r=1,p=1$" + hash.substr(21, 2));
    CHECK(secrets.password_matches("correct horse", hash));
    CHECK_FALSE(secrets.password_matches("correct horsf", hash));
    CHECK_FALSE(secrets.password_matches("", hash));
    CHECK(hash != secrets.hash_password("correct horse"));
}

TEST_CASE("secrets: scrypt gives the result of RFC 7914 section 12", "[app][secrets]") {
    // N=1024 (2^10), r=8, p=16, salt "NaCl"; our salts have 16 bytes, so only the parameters' limits are
    // tried here.
    const OpensslSecrets normal(normal_cost);
    const std::string hash = normal.hash_password("pleaseletmein");
    CHECK(hash.find("$scrypt$ln=15,r=8,p=3$") == 0);
    CHECK(normal.password_matches("pleaseletmein", hash));
    CHECK(OpensslSecrets(cheap_cost).password_matches("pleaseletmein", hash));
}

TEST_CASE("secrets: a hash that cannot be read matches nothing", "[app][secrets]") {
    const OpensslSecrets secrets(cheap_cost);
    const std::string good = secrets.hash_password("x");
    for (std::size_t length = 0; length < good.size(); ++length)
        CHECK_FALSE(secrets.password_matches("x", good.substr(0, length)));
    CHECK_FALSE(secrets.password_matches("x", good + "00"));
    const std::string tail = good.substr(good.find('$', 8));
    CHECK(secrets.password_matches("x", "$scrypt$ln=4,r=1,p=1" + tail));
    CHECK_FALSE(secrets.password_matches("x", "$scrypt$ln=17,r=8,p=1" + tail));  // 128 MiB
    CHECK_FALSE(secrets.password_matches("x", "$scrypt$ln=4,r=9,p=1" + tail));
    CHECK_FALSE(secrets.password_matches("x", "$scrypt$ln=4,r=1,p=17" + tail));
    CHECK_FALSE(secrets.password_matches("x", "$scrypt$ln=0,r=1,p=1" + tail));
    CHECK_FALSE(secrets.password_matches("x", "$scrypt$ln=99999999999,r=1,p=1" + tail));
}

TEST_CASE("secrets: a decoy looks like a hash and matches nothing", "[app][secrets]") {
    const OpensslSecrets secrets(cheap_cost);
    CHECK(secrets.decoy_hash().size() == secrets.hash_password("x").size());
    CHECK_FALSE(secrets.password_matches("", secrets.decoy_hash()));
    CHECK(secrets.decoy_hash() != secrets.decoy_hash());
}

TEST_CASE("secrets: a digest is SHA-256 in hexadecimal", "[app][secrets]") {
    const OpensslSecrets secrets(cheap_cost);
    CHECK(secrets.digest("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(secrets.equal(secrets.digest("a"), secrets.digest("a")));
    CHECK_FALSE(secrets.equal(secrets.digest("a"), secrets.digest("b")));
    CHECK_FALSE(secrets.equal("a", "aa"));
    CHECK(secrets.equal("", ""));
}

TEST_CASE("secrets: what is remembered depends on the process's key", "[app][secrets]") {
    const OpensslSecrets one(cheap_cost);
    const OpensslSecrets other(cheap_cost);
    CHECK(one.remember("alice") == one.remember("alice"));
    CHECK(one.remember("alice") != one.remember("bob"));
    CHECK(one.remember("alice") != other.remember("alice"));
    CHECK(one.random_bytes(16).size() == 16);
}
