-- A reader for pandoc, so that one process reads many texts. A line of the input is a text: the reader it
-- asks for and its bytes in hex. A code block of the output is pandoc's JSON of it, the very one of a call
-- of its own, for each text is read for itself: labels of notes and names of headings never meet. A text
-- that cannot be read is a block of class «fault» and spoils no other. The empty table at the end has
-- pandoc.read work in the sandbox: no text reaches a file. 72 columns
-- are what a call of its own has: tables take their widths from it.

local function bytes(hex)
  return (hex:gsub("%x%x", function(pair) return string.char(tonumber(pair, 16)) end))
end

function Reader(input)
  local blocks = {}
  for reader, hex in tostring(input):gmatch("([^:%s]+):(%x*)") do
    local is_read, tree = pcall(function()
      return pandoc.write(pandoc.read(bytes(hex), reader, {columns = 72}, {}), "json")
    end)
    if is_read then
      table.insert(blocks, pandoc.CodeBlock(tree))
    else
      table.insert(blocks, pandoc.CodeBlock("", {class = "fault"}))
    end
  end
  return pandoc.Pandoc(blocks)
end
