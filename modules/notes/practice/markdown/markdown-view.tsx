import { useMemo } from 'react'
import { type Block, type Inline, parseMarkdown } from './parse.ts'

/** What a note says, as it is read. Each line has the direction of its own script. */
export function MarkdownView({ text }: { text: string }) {
  const blocks = useMemo(() => parseMarkdown(text), [text])
  return (
    <div className="flex max-w-prose flex-col gap-3 text-14 leading-6 wrap-anywhere">
      {/* They are read anew with each text: their places name them. */}
      {blocks.map((block, place) => (
        <BlockView key={place} block={block} />
      ))}
    </div>
  )
}

function BlockView({ block }: { block: Block }) {
  if (block.kind === 'heading') {
    const Heading = `h${block.level}` as const
    return (
      <Heading
        dir="auto"
        className={block.level === 2 ? 'mt-2 text-16 font-semibold' : 'mt-1 text-14 font-semibold'}
      >
        <Words parts={block.text} />
      </Heading>
    )
  }
  if (block.kind === 'paragraph')
    return (
      <p>
        {block.lines.map((line, place) => (
          <span key={place} dir="auto" className="block">
            <Words parts={line} />
          </span>
        ))}
      </p>
    )
  const items = block.items.map((item, place) => (
    <li key={place} dir="auto">
      <Words parts={item} />
    </li>
  ))
  return block.ordered ? (
    <ol start={block.start} className="list-decimal pl-6">
      {items}
    </ol>
  ) : (
    <ul className="list-disc pl-6">{items}</ul>
  )
}

function Words({ parts }: { parts: readonly Inline[] }) {
  return parts.map(({ style, text }, place) => {
    if (style === 'bold')
      return (
        <strong key={place} className="font-semibold">
          {text}
        </strong>
      )
    return style === 'italic' ? <em key={place}>{text}</em> : text
  })
}
