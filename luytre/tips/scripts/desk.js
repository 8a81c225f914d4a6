// The desk's way: each page says which of these it is.
import { carry } from "./desk/carry.js";
import { custody } from "./desk/custody.js";
import { found } from "./desk/found.js";
import { fillNamed, inbox } from "./desk/inbox.js";
import { enter } from "./desk/enter.js";
import { join } from "./desk/join.js";
import { start } from "./desk/keys.js";
import { paper } from "./desk/paper.js";
import { $ } from "./desk/page.js";
import { people } from "./desk/people.js";
import { conversation } from "./desk/conversation.js";

const PAGES = { inbox, tip: conversation, paper, enter, named: fillNamed, join, people, found, carry, custody };
const box = $("[data-desk]");
const page = PAGES[box.dataset.desk](box);
for (const one of [start(), page]) one.catch((error) => console.error(error));
