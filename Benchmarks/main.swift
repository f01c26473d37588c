// Measures what the program promises about speed, as CPU time of this process and as a ratio to a loop that never
// changes, so that two runs on two machines can be compared.
//
//     swift run -c release Benchmarks          all
//     swift run -c release Benchmarks clock    those whose name begins with `clock`

let benchmarks: [Benchmark] = [
    .clockAccounts, .clockCases,
]

let wanted = CommandLine.arguments.dropFirst()
let chosen = benchmarks.filter { benchmark in
    wanted.isEmpty || wanted.contains { benchmark.name.hasPrefix($0) }
}
try await Measurement.report(of: chosen)
