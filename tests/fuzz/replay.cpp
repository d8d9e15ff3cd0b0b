// SPDX-License-Identifier: Apache-2.0
// The plain main of a fuzz target: runs it once over every file of the folders given, so that `make test` replays each
// corpus, and with it every input that ever broke something, without a fuzzer's runtime.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <vector>

#include "fuzz/target.hpp"

int main(int count, char** arguments) {
    std::vector<std::filesystem::path> files;
    for (int i = 1; i < count; ++i) {
        if (!std::filesystem::is_directory(arguments[i])) files.emplace_back(arguments[i]);
        else
            for (auto const& entry : std::filesystem::directory_iterator(arguments[i]))
                if (entry.is_regular_file()) files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    for (auto const& file : files) {
        std::cout << file.string() << std::endl;  // flushed: the last name is the one that broke it
        std::ifstream in(file, std::ios::binary);
        std::vector<char> const bytes{std::istreambuf_iterator<char>(in), {}};
        // A copy of exactly this size, so that AddressSanitizer sees a read past the end.
        std::vector<std::uint8_t> const input(bytes.begin(), bytes.end());
        LLVMFuzzerTestOneInput(input.data(), input.size());
    }
    if (files.empty()) std::cerr << "no input: a corpus that is not there proves nothing\n";
    return files.empty() ? 1 : 0;
}
