// easy-template-x, one handler for all papers.
import { load, rounds } from "./round.mjs";

const { TemplateHandler } = load("easy-template-x");
const handler = new TemplateHandler();

await rounds(async (template, paper) => Buffer.from(await handler.process(template.data, paper)));
