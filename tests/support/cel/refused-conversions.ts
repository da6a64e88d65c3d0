/** Rules with a constant that cannot be converted, in the form of the other refused rules. */
export const refusedConversions = String.raw`
# spec
int('abc') == self.int
  "abc" is no int (column 5: "'abc') == self.int"). An int is written such as -12.
self.int > 1 || self.list.all(x, int(' 1') == 1)
  " 1" is no int (column 38: "' 1') == 1)"). An int is written such as -12.
int('') == self.int
  "" is no int (column 5: "'') == self.int"). An int is written such as -12.
int('9223372036854775808') == self.int
  "9223372036854775808" is no int (column 5: "'9223372036854775808') == self.int"). An int has 64 bits.
uint('+1') == 1u
  "+1" is no uint (column 6: "'+1') == 1u"). A uint is written such as 12.
uint('18446744073709551616') == 1u
  "18446744073709551616" is no uint (column 6: "'18446744073709551616') == 1u"). A uint has 64 bits.
uint(-1) == 1u
  -1 is no uint (column 6: "-1) == 1u"). A uint is 0 or more.
uint(-0.5) == 0u
  -0.5 is no uint (column 6: "-0.5) == 0u"). A uint is 0 or more.
uint(18446744073709551616.0) > 1u
  18446744073709552000 is no uint (column 6: "18446744073709551616.0) > 1u"). A uint has 64 bits.
int(1e19) > self.int
  10000000000000000000 is no int (column 5: "1e19) > self.int"). An int has 64 bits.
int(-9223372036854775808.0) < self.int
  -9223372036854776000 is no int (column 5: "-9223372036854775808.0) < self.int"). An int has 64 bits.
self.list.all(x, int(9223372036854775808u) > 1)
  9223372036854775808 is no int (column 22: "9223372036854775808u) > 1)"). An int has 64 bits.
self.time > timestamp(253402300800)
  253402300800 is no time (column 23: "253402300800)"). A time is in seconds from 1970, within the years 1 to 9999.
self.time > timestamp(-62135596801)
  -62135596801 is no time (column 23: "-62135596801)"). A time is in seconds from 1970, within the years 1 to 9999.
double('1,5') == self.num
  "1,5" is no double (column 8: "'1,5') == self.num"). A double is written such as 1.5.
double('1e400') == self.num
  "1e400" is no double (column 8: "'1e400') == self.num"). A double is at most 1.8e308.
bool('yes')
  "yes" is no bool (column 6: "'yes')"). A bool is written true or false.
duration('2562048h') > self.dur
  "2562048h" is no duration (column 10: "'2562048h') > self.dur"). A duration is at most 292 years.
self.time > timestamp('0000-12-31T23:59:59Z')
  "0000-12-31T23:59:59Z" is no time (column 23: "'0000-12-31T23:59:59Z')"). A time is written such as 2024-01-31T12:00:00Z.
self.time > timestamp('9999-12-31T23:59:59-01:00')
  "9999-12-31T23:59:59-01:00" is no time (column 23: "'9999-12-31T23:59:59-01:00')"). A time is written such as 2024-01-31T12:00:00Z.
duration('1d') > self.dur
  "1d" is no duration (column 10: "'1d') > self.dur"). A duration is written such as 1h30m.
self.time > timestamp('2024-01-01')
  "2024-01-01" is no time (column 23: "'2024-01-01')"). A time is written such as 2024-01-31T12:00:00Z.
self.time > timestamp('2023-02-29T00:00:00Z')
  "2023-02-29T00:00:00Z" is no time (column 23: "'2023-02-29T00:00:00Z')"). A time is written such as 2024-01-31T12:00:00Z.
self.time > timestamp('2024-01-31t00:00:00z')
  "2024-01-31t00:00:00z" is no time (column 23: "'2024-01-31t00:00:00z')"). A time is written such as 2024-01-31T12:00:00Z.
self.time > timestamp('2024-01-31T24:00:00Z')
  "2024-01-31T24:00:00Z" is no time (column 23: "'2024-01-31T24:00:00Z')"). A time is written such as 2024-01-31T12:00:00Z.
int('000000000000000000000009223372036854775808') == 1
  "000000000000000000000009223372036854775808" is no int (column 5: "'000000000000000000000009223372036854775808') == 1"). An int has 64 bits.
uint('111111111111111111111111') == 1u
  "111111111111111111111111" is no uint (column 6: "'111111111111111111111111') == 1u"). A uint has 64 bits.
int(-1e19) < self.int
  -10000000000000000000 is no int (column 5: "-1e19) < self.int"). An int has 64 bits.
self.time > timestamp('2024-00-31T00:00:00Z')
  "2024-00-31T00:00:00Z" is no time (column 23: "'2024-00-31T00:00:00Z')"). A time is written such as 2024-01-31T12:00:00Z.
self.time > timestamp('2024-01-31T00:60:00Z')
  "2024-01-31T00:60:00Z" is no time (column 23: "'2024-01-31T00:60:00Z')"). A time is written such as 2024-01-31T12:00:00Z.
self.time > timestamp('2024-01-31T00:00:60Z')
  "2024-01-31T00:00:60Z" is no time (column 23: "'2024-01-31T00:00:60Z')"). A time is written such as 2024-01-31T12:00:00Z.
self.time > timestamp('9999-12-31T23:59:59-00:01')
  "9999-12-31T23:59:59-00:01" is no time (column 23: "'9999-12-31T23:59:59-00:01')"). A time is written such as 2024-01-31T12:00:00Z.
self.time > timestamp('0001-01-01T00:30:00+00:31')
  "0001-01-01T00:30:00+00:31" is no time (column 23: "'0001-01-01T00:30:00+00:31')"). A time is written such as 2024-01-31T12:00:00Z.
`;
