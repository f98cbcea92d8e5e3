using Solodesk.Mail.OAuth;

namespace Solodesk.Channels.Email.OAuth;

/// <summary>Access to a mailbox that its owner has just granted.</summary>
/// <param name="Provider">Who granted it: <c>gmail</c> or <c>microsoft</c>.</param>
/// <param name="Tokens">The access.</param>
public sealed record OAuthGrant(string Provider, OAuthTokens Tokens);
