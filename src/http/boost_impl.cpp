// SPDX-License-Identifier: Apache-2.0
// Beast's bodies (BOOST_BEAST_SEPARATE_COMPILATION); Asio's are in b2a_asio.
#include <boost/beast/src.hpp>
