using Solodesk.Mail.Imap;
using Solodesk.Mail.Net;
using Solodesk.Mail.Tests.Servers;

namespace Solodesk.Mail.Tests.Imap;

public sealed class ImapPasswordsAgainstDovecotTests(DovecotFixture fixture) : AgainstDovecot(fixture)
{
    [Fact]
    public async Task A_wrong_password_is_told_apart_and_another_try_is_possible()
    {
        await using var imap = await ImapConnection.ConnectAsync(Options("wrong") with { Credentials = MailCredentials.Password("wrong", "bad") }, Ct);

        var failure = await Assert.ThrowsAsync<MailConnectionException>(() => imap.AuthenticateAsync(Ct));

        Assert.Equal(MailConnectionReason.WrongCredentials, failure.Reason);
        Assert.Contains("Authentication failed", failure.ServerWords, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("密码 with \"quotes\" and \\")]
    [InlineData("line\r\nbreak")]
    public async Task Odd_passwords_travel_in_LOGIN_without_breaking_out(string password)
    {
        await using var imap = await ImapConnection.ConnectAsync(Options("odd") with { Credentials = MailCredentials.Password("odd", password) }, Ct);
        imap.Forget("AUTH=PLAIN");

        var failure = await Assert.ThrowsAsync<MailConnectionException>(() => imap.AuthenticateAsync(Ct));

        Assert.Equal(MailConnectionReason.WrongCredentials, failure.Reason);
    }
}
