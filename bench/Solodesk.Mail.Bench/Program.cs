using Solodesk.Mail.Bench;

return args switch
{
    ["fuzz", ..] => Fuzzer.Run(Option("--minutes", 10), (int)Option("--seed", 1), Text("--corpus")),
    ["mutant", ..] => Fuzzer.Show((int)Option("--seed", 1), Text("--corpus")),
    _ => Speed.Run(Text("--corpus")),
};

double Option(string name, double fallback) => Array.IndexOf(args, name) is var at and >= 0 && at + 1 < args.Length ? double.Parse(args[at + 1], System.Globalization.CultureInfo.InvariantCulture) : fallback;

string Text(string name) => Array.IndexOf(args, name) is var at and >= 0 && at + 1 < args.Length ? args[at + 1] : "tests/Solodesk.Mail.Tests/Corpus";
