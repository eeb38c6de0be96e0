// carbone, which reads the template by its path and asks to be called back.
import { promisify } from "node:util";
import { load, rounds } from "./round.mjs";

const render = promisify(load("carbone").render);

await rounds((template, paper) => render(template.path, paper));
// carbone keeps timers of its own
process.exit(0);
