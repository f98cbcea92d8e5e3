// The one bundle of the desk's pages: htmx for fragments, and the few modules where the browser must act by itself.
import "htmx.org";
import { startCsrf } from "./csrf";
import { startLive } from "./live";
import { startPasskeys } from "./passkeys";

startCsrf();
startLive();
startPasskeys();
