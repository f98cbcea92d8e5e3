namespace Solodesk.Learning.Pairs;

/// <summary>Two questions, and whether they ask the same.</summary>
public sealed record QuestionPair(string First, string Second, bool Same);
