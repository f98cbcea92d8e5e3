namespace Solodesk.Files;

/// <summary>Where the desk keeps its things: one folder holds the database, the files and the keys.</summary>
public sealed record DeskFolders(string Data)
{
    public string Database => Path.Combine(Data, "solodesk.db");
    public string Files => Path.Combine(Data, "files");
    public string Incoming => Path.Combine(Data, "files", "incoming");
    public string Keys => Path.Combine(Data, "keys");
}
