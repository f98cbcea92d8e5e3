// The one bundle of the desk's pages: htmx for fragments, and the few modules where the browser must act by itself.
import "htmx.org";
import { startArticle } from "./article";
import { startArticles } from "./articles";
import { startComposer } from "./composer";
import { startCsrf } from "./csrf";
import { startInbox } from "./inbox";
import { startKeys } from "./keys";
import { startLive } from "./live";
import { startPalette } from "./palette";
import { startPasskeys } from "./passkeys";
import { startCopy } from "./copy";

startCsrf();
startLive();
startInbox();
startComposer();
startKeys();
startPalette();
startPasskeys();
startCopy();
startArticle();
startArticles();
