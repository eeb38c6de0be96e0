// docxtemplater with pizzip, deflated as Word files are.
import { load, rounds } from "./round.mjs";

const Docxtemplater = load("docxtemplater");
const PizZip = load("pizzip");

await rounds((template, paper) => {
  const document = new Docxtemplater(new PizZip(template.data), { paragraphLoop: true, linebreaks: true });
  document.render(paper);
  return document.getZip().generate({ type: "nodebuffer", compression: "DEFLATE" });
});
