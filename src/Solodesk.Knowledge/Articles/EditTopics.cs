using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Knowledge.Answers;

namespace Solodesk.Knowledge.Articles;

/// <summary>The tree of topics: adds, renames, moves and removes them. Articles of a removed topic stay, without one.</summary>
[UseCase]
internal sealed class EditTopics(DeskWriter writer, WriteArticle write, AnswerIndex index, TimeProvider clock)
{
    public static readonly string[] Icons = ["file-text", "sparkle", "refresh-cw", "users", "receipt", "arrow-left-right", "shield", "book-open", "smartphone", "code", "key-round", "settings"];

    public sealed record Request(Guid? Id, string Chinese, string English, string ChineseLine, string EnglishLine, string Icon, Guid? Parent);

    public async Task<Result<Guid>> SaveAsync(Actor actor, Request request, CancellationToken ct)
    {
        var name = request.Chinese.Trim().Length > 0 ? request.Chinese.Trim() : request.English.Trim();
        if (!actor.CanWork)
        {
            return Problem.Forbidden;
        }

        if (name.Length is 0 or > 80 || request.English.Length > 80)
        {
            return new Problem("topic.name_missing") { Field = "zh" };
        }

        return await ActAsync<Guid>(async db =>
        {
            var topics = await db.Set<Topic>().ToListAsync(ct);
            var topic = topics.Find(t => t.Id == request.Id);
            if (topic is null)
            {
                topic = new Topic { Id = Ids.New(clock), Slug = FreeSlug(request.English.Trim().Length > 0 ? request.English : name, topics), Position = topics.Count };
                db.Add(topic);
            }

            topic.Names = new() { ["zh-Hans"] = request.Chinese.Trim(), ["en"] = request.English.Trim() };
            topic.Lines = new() { ["zh-Hans"] = request.ChineseLine.Trim(), ["en"] = request.EnglishLine.Trim() };
            topic.Icon = Icons.Contains(request.Icon) ? request.Icon : topic.Icon;
            // A topic cannot stand below itself; two levels are enough for a help centre, three are allowed.
            topic.ParentId = request.Parent is { } parent && parent != topic.Id && topics.Exists(t => t.Id == parent) && !IsBelow(topics, parent, topic.Id) ? parent : null;
            return topic.Id;
        }, ct);
    }

    public Task<Result<Done>> MoveAsync(Actor actor, Guid id, int step, CancellationToken ct)
        => !actor.CanWork ? Task.FromResult<Result<Done>>(Problem.Forbidden) : ActAsync<Done>(async db =>
        {
            var topics = await db.Set<Topic>().OrderBy(t => t.Position).ToListAsync(ct);
            var at = topics.FindIndex(t => t.Id == id);
            var siblings = at < 0 ? [] : topics.Where(t => t.ParentId == topics[at].ParentId).ToList();
            var place = siblings.FindIndex(t => t.Id == id);
            if (place >= 0 && place + step >= 0 && place + step < siblings.Count)
            {
                (siblings[place], siblings[place + step]) = (siblings[place + step], siblings[place]);
                var order = topics.Where(t => !siblings.Contains(t)).Concat(siblings).ToList();
                order.ForEach(t => t.Position = order.IndexOf(t));
            }

            return Done.It;
        }, ct);

    public Task<Result<Done>> RemoveAsync(Actor actor, Guid id, CancellationToken ct)
        => !actor.CanWork ? Task.FromResult<Result<Done>>(Problem.Forbidden) : ActAsync<Done>(async db =>
        {
            var topic = await db.Set<Topic>().SingleOrDefaultAsync(t => t.Id == id, ct);
            if (topic is null)
            {
                return Problem.NotFound("topic");
            }

            foreach (var article in await db.Set<Article>().Where(a => a.TopicId == id).ToListAsync(ct))
            {
                article.TopicId = topic.ParentId;
            }

            foreach (var child in await db.Set<Topic>().Where(t => t.ParentId == id).ToListAsync(ct))
            {
                child.ParentId = topic.ParentId;
            }

            db.Remove(topic);
            return Done.It;
        }, ct);

    private async Task<Result<T>> ActAsync<T>(Func<DeskDb, Task<Result<T>>> act, CancellationToken ct)
    {
        var done = await writer.RunAsync<T>(async db =>
        {
            var result = await act(db);
            if (result.Ok)
            {
                await db.SaveChangesAsync(ct);
                await write.TellAsync(db, null, ct);
            }

            return result;
        }, ct);
        if (done.Ok)
        {
            await index.RebuildAsync(ct);
        }

        return done;
    }

    internal static string FreeSlug(string name, IReadOnlyCollection<Topic> topics)
    {
        var slug = Slug.Of(name) is { Length: > 0 } made ? made : "topic";
        for (var n = 2; topics.Any(t => t.Slug == slug); n++)
        {
            slug = $"{Slug.Of(name)}-{n}";
        }

        return slug;
    }

    private static bool IsBelow(List<Topic> topics, Guid id, Guid above)
    {
        for (var hops = 0; hops < 20 && topics.Find(t => t.Id == id) is { ParentId: { } parent }; hops++)
        {
            if (parent == above)
            {
                return true;
            }

            id = parent;
        }

        return false;
    }
}
