using Solodesk.Browser.Stage;

// One browser and one desk at a time: the journeys look at what a person would, and share the machine's few cores.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
[assembly: AssemblyFixture(typeof(Theatre))]
