// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/config/reading.h"

namespace signalbox::test {

/// Every check of the sections without targets: a snippet, and exactly the lines that --check prints for it.
class TestConfigFaults : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refusesWhatTheFileMayNotContain_data();
    void refusesWhatTheFileMayNotContain() { compareFaults(); }
    void checksTheServer_data();
    void checksTheServer() { compareFaults(); }
    void checksClientsAndOperators_data();
    void checksClientsAndOperators() { compareFaults(); }
    void checksCacheAndLedger_data();
    void checksCacheAndLedger() { compareFaults(); }
};

void TestConfigFaults::refusesWhatTheFileMayNotContain_data()
{
    columns();
    row("unknown section",
        "[servr]\nlisten = 1",
        "1:2: unknown key `servr`; did you mean `server`?");
    row("unknown key, nothing near", "[server]\nwallpaper = 1", "2:1: unknown key `wallpaper`");
    row("unknown key in an inline table",
        "[[provider]]\nid = \"x\"\nkind = \"openai\"\n"
        "breaker = { failure = 3 }",
        "4:13: unknown key `failure`; did you mean `failures`?");
    row("two near names",
        "[[provider]]\nid = \"x\"\nkind = \"openai\"\n[provider.price]\ninput = 1",
        "4:11: unknown key `price`");
    row("a list of tables written as a table",
        "[operator]\nid = \"a\"",
        "1:1: `operator` must be a list of tables (write [[operator]]), found a table");
    row("a section that is no table",
        "server = 3",
        "1:10: `server` must be a table, found a whole number");
    row("a list of other things",
        "client = [1]",
        "1:11: `client` must be a list of tables, found a whole number");
    row("not there yet",
        "[cluster]\nredis = \"redis://h:1\"",
        "1:2: `cluster` is not available in this version");
    row("syntax, only the first",
        "[server]\nlisten = \nfoo = \n",
        "2:10: not valid TOML: Error while parsing key-value pair: expected value, saw '\\n'");
    row("syntax with a line's end in it",
        "[[provider]]\nallow_private_images = fa\n",
        "2:26: not valid TOML: Error while parsing boolean: expected 'false', saw 'fa '");
    row("twice the same key",
        "[server]\nlisten = \"127.0.0.1:1\"\nlisten = \"127.0.0.1:2\"",
        "3:10: not valid TOML: Error while parsing key-value pair: cannot redefine existing string "
        "'listen'");
    row("a key with control characters", "\"\\u001bx\" = 1", "1:1: unknown key ` x`");
    row("columns count characters",
        "[server]\ntime_zone = \"Z\xC3\xBCrich\" # \xC3\xBC",
        "2:13: `time_zone` must be UTC or Area/City such as Europe/Berlin, found `Z\xC3\xBCrich`");
}

void TestConfigFaults::checksTheServer_data()
{
    columns();
    const std::string shape = "`listen` must be HOST:PORT with a port from 0 to 65535 and an IPv6 "
                              "host in brackets, found ";
    row("no port", "[server]\nlisten = \"127.0.0.1\"", "2:10: " + shape + "`127.0.0.1`");
    row("port too high",
        "[server]\nlisten = \"127.0.0.1:70000\"",
        "2:10: " + shape + "`127.0.0.1:70000`");
    row("open to others",
        "[server]\nlisten = \"0.0.0.0:8787\"",
        "2:10: `listen` on `0.0.0.0` is reachable from other machines: at least one [[client]] "
        "with a key is required");
    row("open to others with a client",
        "[server]\nlisten = \"0.0.0.0:8787\"\n[[client]]\nid = \"a\"\nkey = \"env:A\"",
        "ok");
    row("TLS",
        "[server]\ntls_certificate = \"c\"\ntls_key = \"k\"",
        "2:19: `tls_certificate` must be an absolute path\n"
        "3:11: `tls_key` must be an absolute path");
    row("half of TLS",
        "[server]\ntls_key = \"/k\"",
        "2:11: `tls_certificate` and `tls_key` come together, found only `tls_key`");
    row("body", "[server]\nmax_body_mb = 1025", "2:15: `max_body_mb` must be between 1 and 1024");
    row("body, decimal",
        "[server]\nmax_body_mb = 1.5",
        "2:15: `max_body_mb` must be a whole number, found a decimal number");
    row("negative time",
        "[server]\nheader_s = -1\ndrain_s = -0.5\nqueue_s = \"2\"",
        "2:12: `header_s` must be between 0 and 31536000\n"
        "3:11: `drain_s` must be between 0 and 31536000\n"
        "4:11: `queue_s` must be a number, found a string");
    row("zero times", "[server]\nheader_s = 0\ndrain_s = 0\nqueue_s = 0", "ok");
    row("endless", "[server]\ndrain_s = inf", "2:11: `drain_s` must be a finite number");
    row("zone",
        "[server]\ntime_zone = \"Europe/Nowhere\"",
        "2:13: `time_zone`: there is no time zone `Europe/Nowhere`");
    row("admin token",
        "[server]\nadmin_token = \"opensesame\"",
        "2:15: `admin_token`: a secret is named, never written here: use env:NAME, keychain:NAME, "
        "file:/PATH, vault:NAME or session:NAME");
}

void TestConfigFaults::checksClientsAndOperators_data()
{
    columns();
    row("client without anything",
        "[[client]]",
        "1:1: `id` is missing in `client`\n1:1: `key` is missing in `client`");
    row("operator without anything",
        "[[operator]]",
        "1:1: `id` is missing in `operator`\n1:1: `token` is missing in `operator`\n"
        "1:1: `role` is missing in `operator`");
    row("same id",
        "[[client]]\nid = \"a\"\nkey = \"env:A\"\n[[client]]\nid = \"a\"\nkey = \"env:B\"",
        "5:6: client `a` is already defined in line 2");
    row("same key",
        "[[client]]\nid = \"a\"\nkey = \"env:A\"\n[[client]]\nid = \"b\"\nkey = \"env:A\"",
        "6:7: this secret is already in use in line 3; each needs its own");
    row("same operator",
        "[[operator]]\nid = \"a\"\ntoken = \"env:A\"\nrole = \"viewer\"\n"
        "[[operator]]\nid = \"a\"\ntoken = \"env:B\"\nrole = \"viewer\"",
        "6:6: operator `a` is already defined in line 2");
    row("role",
        "[[operator]]\nid = \"a\"\ntoken = \"env:A\"\nrole = \"viewr\"",
        "4:8: `role` must be operator or viewer, found `viewr`; did you mean `viewer`?");
    row("route",
        "[[client]]\nid = \"a\"\nkey = \"env:A\"\nroutes = [\"house\", \"huose\"]",
        "4:20: there is no route `huose`; did you mean `house`?");
    row("no route at all",
        "[[client]]\nid = \"a\"\nkey = \"env:A\"\nroutes = []",
        "4:10: `routes` must name at least one route; leave it out to allow all");
    row("limits",
        "[[client]]\nid = \"a\"\nkey = \"env:A\"\nrequests_per_minute = 0\ntokens_per_minute = 0\n"
        "concurrent = 0",
        "4:23: `requests_per_minute` must be at least 1\n"
        "5:21: `tokens_per_minute` must be at least 1\n"
        "6:14: `concurrent` must be at least 1");
    row("budget",
        "[[client]]\nid = \"a\"\nkey = \"env:A\"\nbudget_usd_per_day = -5",
        "4:22: `budget_usd_per_day` must be between 0 and 1000000");
    row("environment",
        "[[client]]\nid = \"a\"\nkey = \"env:sk-abc\"",
        "3:7: `key`: after env: comes the name of an environment variable (letters, digits and _), "
        "never its value");
    row("relative file",
        "[[client]]\nid = \"a\"\nkey = \"file:key.txt\"",
        "3:7: `key`: after file: comes an absolute path");
    row("blank id",
        "[[client]]\nid = \"a \"\nkey = \"env:A\"",
        "2:6: `id` must be at most 200 bytes, without control characters and without blanks "
        "around it");
    row("empty id", "[[client]]\nid = \"\"\nkey = \"env:A\"", "2:6: `id` must not be empty");
}

void TestConfigFaults::checksCacheAndLedger_data()
{
    columns();
    row("cache off",
        "[cache]\nmode = \"off\"\nttl_s = 86400\nthreshold = 0.92\nembedder = \"local\"",
        "ok");
    row("cache on",
        "[cache]\nmode = \"semantic\"\nshare_clients = true\ntemperature_max = 0.2\n"
        "stale_if_error_s = 60\nslow_s = 2.5\nmax_entries = 10\nmax_mb = 1\nmax_answer_kb = 1",
        "ok");
    row("cache bounds",
        "[cache]\nshare_clients = 1\ntemperature_max = 3\nstale_if_error_s = -1\n"
        "max_entries = 0\nmax_mb = 0\nmax_answer_kb = 70000",
        "2:17: `share_clients` must be true or false, found a whole number\n"
        "3:19: `temperature_max` must be between 0 and 2\n"
        "4:20: `stale_if_error_s` must be between 0 and 31536000\n"
        "5:15: `max_entries` must be between 1 and 10000000\n"
        "6:10: `max_mb` must be between 1 and 1048576\n"
        "7:17: `max_answer_kb` must be between 1 and 65536");
    row("cache, slow without stale",
        "[cache]\nslow_s = 2",
        "2:10: `slow_s` needs `stale_if_error_s`, which says how long an answer past its lifetime "
        "is kept");
    row("cache, asked elsewhere",
        "[[provider]]\nid = \"a\"\nkind = \"openai\"\nkeys = [\"env:A\"]\n[[provider.model]]\n"
        "name = \"small\"\n[cache]\nembedder = \"a/small\"\nkey = \"keychain:cache\"",
        "ok");
    row("cache, no such key",
        "[cache]\nkey = \"secret\"",
        "2:7: `key`: a secret is named, never written here: use env:NAME, keychain:NAME, "
        "file:/PATH, vault:NAME or session:NAME");
    row("cache mode",
        "[cache]\nmode = \"of\"",
        "2:8: `mode` must be off, exact or semantic, found `of`; did you mean `off`?");
    row("cache keys",
        "[cache]\nttl_s = 0\nthreshold = 1.1\nembedder = \"qwen/none\"\nttl = 1",
        "2:9: `ttl_s` must be between 0.001 and 31536000\n"
        "3:13: `threshold` must be between 0 and 1\n"
        "4:12: `embedder` must be local or a target: provider `qwen` has no model `none`\n"
        "5:1: unknown key `ttl`");
    row("shared ledger",
        "[ledger]\nstore = \"postgresql://u:hunter2@h/db\"",
        "2:9: `store` contains a password: take it out and say where it is, such as password = "
        "\"env:LEDGER_PASSWORD\"");
    row("password in a parameter",
        "[ledger]\nstore = \"postgresql://u@h/db?password=hunter2\"",
        "2:9: `store` contains a password: take it out and say where it is, such as password = "
        "\"env:LEDGER_PASSWORD\"");
    row("password of no server",
        "[ledger]\npassword = \"env:LEDGER_PASSWORD\"",
        "2:12: `password` is for a `store` on a server");
    row("other ledger",
        "[ledger]\nstore = \"mysql://u:hunter2@h\"",
        "2:9: `store` must be sqlite or a postgresql:// URL");
    row("bodies",
        "[ledger]\nkeep_bodies_days = -3",
        "2:20: `keep_bodies_days` must be between 0 and 36500");
    row("body size",
        "[ledger]\nbody_max_kb = 0",
        "2:15: `body_max_kb` must be between 1 and 16384");
    row("days",
        "[ledger]\nkeep_requests_days = 0\nkeep_bodies_days = 0",
        "2:22: `keep_requests_days` must be between 1 and 36500");
}

} // namespace signalbox::test

QTEST_APPLESS_MAIN(signalbox::test::TestConfigFaults)
#include "tst_config_faults.moc"
