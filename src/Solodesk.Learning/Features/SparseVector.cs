using System.Numerics.Tensors;

namespace Solodesk.Learning.Features;

/// <summary>A vector of which only the non-zero places are kept, in ascending order.</summary>
/// <param name="Indices">The places.</param>
/// <param name="Values">What stands there.</param>
public sealed record SparseVector(int[] Indices, float[] Values)
{
    /// <summary>Nothing but zeros.</summary>
    public static readonly SparseVector Empty = new([], []);

    internal double Dot(ReadOnlySpan<float> dense)
    {
        var sum = 0f;
        for (var i = 0; i < Indices.Length; i++)
        {
            sum += Values[i] * dense[Indices[i]];
        }

        return sum;
    }

    internal double Dot(SparseVector other)
    {
        double sum = 0;
        for (int i = 0, j = 0; i < Indices.Length && j < other.Indices.Length;)
        {
            if (Indices[i] == other.Indices[j])
            {
                sum += Values[i++] * other.Values[j++];
            }
            else if (Indices[i] < other.Indices[j])
            {
                i++;
            }
            else
            {
                j++;
            }
        }

        return sum;
    }

    internal double SquaredLength => TensorPrimitives.SumOfSquares(Values);
}
