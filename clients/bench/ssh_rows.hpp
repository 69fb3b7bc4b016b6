#pragma once

#include "clients/bench/rows.hpp"

#include <vector>

namespace gyre::bench {

// SSH beside Conch, the SSH server of Twisted, in the same run. Both are driven by the same client; only what
// the servers use is measured.

/// CPU time of a login with its shell, besides the hash: by OpenSSH's client, then by paramiko.
std::vector<Row> ssh_login(const Setting& setting);
/// Lines that are edited, echoed and answered, per CPU-second.
std::vector<Row> ssh_lines(const Setting& setting);
/// Memory of an idle session, and 1,000 of them at once.
std::vector<Row> ssh_idle(const Setting& setting);
/// Telnet players while 50 log in by SSH at once from 50 addresses.
std::vector<Row> ssh_crowd(const Setting& setting);
/// Memory of clients that stop reading and have windows of 2 GiB.
std::vector<Row> ssh_deaf(const Setting& setting);

}  // namespace gyre::bench
