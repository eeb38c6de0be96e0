// What the Node peers share: words and template read beforehand, a line in, the seconds of a round out.
import { readFileSync, readdirSync, unlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { createInterface } from "node:readline";

const [modules, lot, name] = process.argv.slice(2);
const template = join(lot, name, "template.docx");
const out = join(lot, name, "out");

/** The packages installed for the benchmarks, wherever they lie. */
export const load = createRequire(join(modules, "package.json"));

/** Make every paper once for each line on standard input; `make(template, paper)` returns the file's bytes. */
export async function rounds(make) {
  const papers = JSON.parse(readFileSync(join(lot, "words.json"), "utf8"));
  const opened = { path: template, data: readFileSync(template) };
  for await (const _line of createInterface({ input: process.stdin })) {
    for (const file of readdirSync(out)) unlinkSync(join(out, file));
    const start = performance.now();
    for (const paper of papers) {
      writeFileSync(join(out, `${paper.navn}.docx`), await make(opened, paper));
    }
    process.stdout.write(`${JSON.stringify({ seconds: (performance.now() - start) / 1000 })}\n`);
  }
}
