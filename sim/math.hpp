// SPDX-License-Identifier: Apache-2.0
/// \file math.hpp  Elementary functions that give the same bits on every x86-64 CPU.
///
/// The C library picks variants with fused multiply-add by CPU, so `std::exp` may differ in the
/// last bit from one machine to the next. These use only + - * / and sqrt, which IEEE 754 fixes;
/// the build forbids contraction. Accuracy is a few units in the last place
/// (tests/sim/test_math.cpp states the bound).
#pragma once

namespace corridor::sim {

double exp(double x);            ///< inf above 709.78, 0 below -745.13; NaN stays NaN
double log(double x);            ///< -inf at 0, NaN below 0
double log1p(double x);          ///< log(1 + x), accurate near 0
double pow(double x, double y);  ///< exp(y log x) for x >= 0; pow(0, y > 0) = 0, pow(x, 0) = 1
double sin(double x);            ///< |x| <= 1e5
double cos(double x);            ///< |x| <= 1e5
double atan(double x);
double asin(double x);                       ///< NaN outside [-1, 1]
double log_factorial(unsigned long long n);  ///< ln n!, relative error below 1e-14
double normal_cdf(double x);                 ///< standard normal; absolute error below 1e-15
double normal_quantile(double p);            ///< inverse of normal_cdf; 0 < p < 1

}  // namespace corridor::sim
