// The one bundle of the desk's pages: htmx for fragments, and the few modules where the browser must act by itself.
import "htmx.org";
import { startArticle } from "./article";
import { startChat } from "./chat";
import { startBulk } from "./bulk";
import { startComposer } from "./composer";
import { startCsrf } from "./csrf";
import { startHeld } from "./held";
import { startInbox } from "./inbox";
import { startKeys } from "./keys";
import { startLive } from "./live";
import { startPalette } from "./palette";
import { startPasskeys } from "./passkeys";
import { startPresence } from "./presence";
import { startCopy } from "./copy";

startCsrf();
startBulk();
startLive();
startInbox();
startComposer();
startKeys();
startPalette();
startPasskeys();
startCopy();
startChat();
startPresence();
startHeld();
startArticle();
