// SPDX-License-Identifier: Apache-2.0
// synthetic_catalog_file PRODUCTS VARIANTS-PER-PRODUCT FILE: writes a synthetic catalog in the native format.
#include <cstdlib>
#include <fstream>
#include <iostream>

#include "support/synthetic_catalog.hpp"

int main(int argc, char** argv) {
    if (argc != 4) {
        std::cerr << "usage: synthetic_catalog_file PRODUCTS VARIANTS-PER-PRODUCT FILE\n";
        return 2;
    }
    b2a::test::SyntheticSpec spec;
    spec.products = std::strtoull(argv[1], nullptr, 10);
    spec.variants_per_product = std::strtoull(argv[2], nullptr, 10);
    std::ofstream out(argv[3], std::ios::binary);
    b2a::test::write_native_jsonl(b2a::test::synthetic_catalog(spec), out);
    out.flush();
    return out ? 0 : 1;
}
