// docx-templates without its sandbox, which is the faster of its two ways.
import { load, rounds } from "./round.mjs";

const { createReport } = load("docx-templates");

await rounds(async (template, paper) =>
  Buffer.from(
    await createReport({ template: template.data, data: paper, cmdDelimiter: "+++", noSandbox: true }),
  ),
);
