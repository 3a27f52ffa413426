// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace fs = std::filesystem;

namespace {

struct Outcome {
  int status = -1;  ///< exit status, or -signal
  std::string out, err;
};

/// A folder that goes away with the test.
class Scratch {
 public:
  Scratch() {
    std::string name = (fs::temp_directory_path() / "corridor-command-XXXXXX").string();
    if (!mkdtemp(name.data())) throw std::runtime_error("no scratch folder");
    folder = name;
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch() { fs::remove_all(folder); }
  void write(const std::string& name, std::string_view text) const {
    std::ofstream(folder / name, std::ios::binary) << text;
  }
  fs::path folder;
};

std::string content(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

/// Runs the command in `folder`; standard output goes to `out_file` instead of being collected,
/// when given.
Outcome corridor(const Scratch& scratch, const std::vector<std::string>& words,
                 const char* out_file = nullptr) {
  const fs::path out = out_file ? fs::path(out_file) : scratch.folder / "stdout";
  const fs::path err = scratch.folder / "stderr";
  std::vector<std::string> line{CORRIDOR_BINARY};
  line.insert(line.end(), words.begin(), words.end());
  const pid_t child = fork();
  if (child == 0) {
    const int in_fd = open("/dev/null", O_RDONLY);
    const int out_fd = open(out.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    const int err_fd = open(err.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (in_fd < 0 || out_fd < 0 || err_fd < 0 || chdir(scratch.folder.c_str()) != 0) _exit(126);
    dup2(in_fd, 0);
    dup2(out_fd, 1);
    dup2(err_fd, 2);
    std::vector<char*> argv;
    for (std::string& word : line) argv.push_back(word.data());
    argv.push_back(nullptr);
    execv(argv[0], argv.data());
    _exit(127);
  }
  int status = 0;
  waitpid(child, &status, 0);
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status), out_file ? "" : content(out),
          content(err)};
}

}  // namespace

TEST_CASE("help and version are asked for, and go to standard output", "[command][exact]") {
  const Scratch scratch;
  const Outcome help = corridor(scratch, {"--help"});
  CHECK(help.status == 0);
  CHECK(help.err.empty());
  for (const char* command :
       {"run", "validate", "schema", "info", "digest", "explain", "export", "map"}) {
    CAPTURE(command);
    CHECK(help.out.find("\n  " + std::string(command) + " ") != std::string::npos);
    const Outcome about = corridor(scratch, {command, "--help"});
    CHECK(about.status == 0);
    CHECK(about.out.find("usage: corridor " + std::string(command)) == 0);
  }
  const Outcome version = corridor(scratch, {"--version"});
  CHECK(version.status == 0);
  CHECK(version.out.find("corridor ") == 0);
}

TEST_CASE("a wrong call names the nearest right one and exits with 2", "[command][errors]") {
  const Scratch scratch;
  const Outcome nothing = corridor(scratch, {});
  CHECK(nothing.status == 2);
  CHECK(nothing.out.empty());
  CHECK(nothing.err.find("usage: corridor COMMAND") == 0);

  const Outcome command = corridor(scratch, {"validat", "x.toml"});
  CHECK(command.status == 2);
  CHECK(command.out.empty());
  CHECK(command.err ==
        "corridor: error: unknown command 'validat'; did you mean 'validate'?\n"
        "Try 'corridor --help'.\n");

  const Outcome option = corridor(scratch, {"validate", "--jsn", "x.toml"});
  CHECK(option.status == 2);
  CHECK(option.err ==
        "corridor validate: error: unknown option '--jsn'; did you mean '--json'?\n"
        "Try 'corridor validate --help'.\n");

  const Outcome top = corridor(scratch, {"--versoin"});
  CHECK(top.status == 2);
  CHECK(top.err ==
        "corridor: error: unknown option '--versoin'; did you mean '--version'?\n"
        "Try 'corridor --help'.\n");

  const Outcome words = corridor(scratch, {"schema", "extra"});
  CHECK(words.status == 2);
  CHECK(words.err == "corridor schema: error: too many words\nTry 'corridor schema --help'.\n");

  const Outcome none = corridor(scratch, {"validate"});
  CHECK(none.status == 2);
  CHECK(none.err ==
        "corridor validate: error: no scenario file is named\nTry 'corridor validate --help'.\n");
}

TEST_CASE("validate reports every complaint about every file and exits with 2",
          "[command][errors]") {
  const Scratch scratch;
  scratch.write("west.toml", "[run]\ndays = 0\ndyas = 3\n");
  scratch.write("east.toml", "base = \"wets.toml\"\n");
  scratch.write("good.toml", "[run]\ndays = 3\n");
  const Outcome bad = corridor(scratch, {"validate", "west.toml", "good.toml", "east.toml"});
  CHECK(bad.status == 2);
  CHECK(bad.out.find("ok good.toml: 3 days from 2019-01-01, ") == 0);
  CHECK(bad.err ==
        "west.toml:2:8: error: run.days = 0 is outside [1, 3660]\n"
        "west.toml:3:1: error: unknown key 'dyas' in [run]; did you mean 'days'?\n"
        "east.toml:1:8: error: base = \"wets.toml\": wets.toml: no such file; did you mean "
        "'west.toml'?\n");
  CHECK(corridor(scratch, {"validate", "good.toml"}).status == 0);

  const Outcome json = corridor(scratch, {"validate", "--json", "west.toml"});
  CHECK(json.status == 2);
  CHECK(json.out.find("\"line\": 3") != std::string::npos);
  CHECK(json.err.empty());
}

TEST_CASE("options of the command line are checked like the file and named as typed",
          "[command][errors]") {
  const Scratch scratch;
  scratch.write("good.toml", "");
  const Outcome many = corridor(scratch, {"validate", "good.toml", "--days", "0", "--seed=-1",
                                          "--set", "run.scale=2", "--set", "run.sede=1"});
  CHECK(many.status == 2);
  CHECK(many.err ==
        "--set run.scale=2: error: run.scale = 2 is outside [1e-06, 1]\n"
        "--set run.sede=1: error: unknown parameter 'run.sede'; did you mean 'run.seed'?\n"
        "--days 0: error: run.days = 0 is outside [1, 3660]\n"
        "--seed -1: error: run.seed = -1 is outside [0, 4294967295]\n");
  const Outcome threads = corridor(scratch, {"validate", "good.toml", "--threads", "0"});
  CHECK(threads.status == 2);
  CHECK(threads.err ==
        "--threads 0: error: allowed is a whole number in [1, 1024]; leave --threads out to use "
        "every core\n");
}

TEST_CASE("validate also reads the world that a scenario names", "[command][errors]") {
  const Scratch scratch;
  fs::create_directory(scratch.folder / "empty-world");
  scratch.write("world.toml", "[world]\ndata = 'empty-world'\n");
  const Outcome bad = corridor(scratch, {"validate", "world.toml"});
  CHECK(bad.status == 2);
  CHECK(bad.out.empty());
  CHECK_FALSE(bad.err.empty());
}

TEST_CASE("validate says of operations what a run would say", "[command][errors]") {
  const Scratch scratch;
  const std::string folder = CORRIDOR_SOURCE_DIR "/scenarios/",
                    scenario = folder + "cooperation-small.toml",
                    organisations = content(folder + "organisations/small.toml");
  const auto operation = [](const std::string& who, int from, int to, int officers) {
    return "[[operation]]\nparticipants = \"" + who +
           "\"\nplaces = \"air/all\"\nfrom_day = " + std::to_string(from) +
           "\nto_day = " + std::to_string(to) + "\nofficers = " + std::to_string(officers) + "\n";
  };
  const auto line = [&](int of_operation) {
    const auto before = std::count(organisations.begin(), organisations.end(), '\n');
    return std::to_string(before + of_operation);
  };
  fs::create_directory(scratch.folder / "strategies");
  scratch.write("strategies/unknown.toml", operation("INTERPOL", 3, 9, 5));
  scratch.write("many.toml", organisations + operation("NORPOL", 3, 9, 500));
  scratch.write("early.toml", organisations + operation("NORPOL", 9, 3, 5));
  scratch.write("good.toml", organisations + operation("NORPOL", 3, 9, 5));
  const auto both = [&](const std::string& set) {
    const Outcome checked = corridor(scratch, {"validate", scenario, "--set", set});
    const Outcome run = corridor(scratch, {"run", scenario, "--set", set, "-o", "x.h5"});
    CHECK(run.err == checked.err);
    CHECK(run.status == checked.status);
    CHECK_FALSE(fs::exists(scratch.folder / "x.h5"));
    CHECK(checked.status == (checked.err.empty() ? 0 : 2));
    return checked.err;
  };
  CHECK(both("strategy.files=strategies/unknown.toml")
            .starts_with("strategies/unknown.toml:2:16: error: operation.participants: there is no "
                         "organisation 'INTERPOL'"));
  CHECK(both("cooperation.file=many.toml") ==
        "many.toml:" + line(6) +
            ":12: error: operation.officers = 500: members of its participants have 150 in "
            "secondary outside its places; it can take no more\n");
  CHECK(both("cooperation.file=early.toml") ==
        "early.toml:" + line(5) + ":10: error: operation.to_day is before operation.from_day\n");
  CHECK(corridor(scratch, {"validate", scenario, "--set", "cooperation.file=good.toml"}).status ==
        0);
}

TEST_CASE("an output that cannot be written is refused before any work, and nothing is left behind",
          "[command][errors]") {
  const Scratch scratch;
  scratch.write("good.toml", "");
  scratch.write("old.h5", "precious");
  fs::create_directory(scratch.folder / "folder");
  const auto complaint = [&](const std::string& output) {
    const Outcome refused = corridor(scratch, {"run", "good.toml", "-o", output});
    CHECK(refused.status == 2);
    CHECK(refused.out.empty());
    return refused.err;
  };
  CHECK(complaint("nowhere/x.h5") ==
        "nowhere/x.h5: error: the folder 'nowhere' does not exist; make it first (mkdir -p)\n");
  CHECK(complaint("old.h5/x.h5") == "old.h5/x.h5: error: 'old.h5' is not a folder\n");
  CHECK(complaint("folder") == "folder: error: is a folder; name a file in it\n");
  CHECK(complaint("old.h5") == "old.h5: error: exists already; --force replaces it\n");
  CHECK(complaint("/dev/full") == "/dev/full: error: is not a regular file\n");
  CHECK(complaint("") == "corridor: error: the name of the output file is empty\n");
  CHECK(complaint("/proc/self/x.h5").find("/proc/self/x.h5: error: ") == 0);
  CHECK(content(scratch.folder / "old.h5") == "precious");
  CHECK_FALSE(fs::exists(scratch.folder / "nowhere"));
}

TEST_CASE("a reader that has seen enough is no error, a full disk is", "[command][errors]") {
  const Scratch scratch;
  const Outcome full = corridor(scratch, {"schema"}, "/dev/full");
  CHECK(full.status == 1);
  CHECK(full.err == "corridor: error: standard output cannot be written\n");

  // The reader closes its end before a byte is written.
  const std::string line = "{ sleep 0.2; '" CORRIDOR_BINARY "' schema; echo $? >'" +
                           (scratch.folder / "status").string() + "'; } 2>'" +
                           (scratch.folder / "err").string() + "' | true";
  REQUIRE(std::system(line.c_str()) == 0);
  CHECK(content(scratch.folder / "status") == "0\n");
  CHECK(content(scratch.folder / "err").empty());
}
