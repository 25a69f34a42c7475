/** Markup that cannot be forgotten to be escaped: every string put into a template is text, never markup. */

import { printable } from '../base/printable.js'

/** Markup that was made by `html`. */
export interface Safe {
  readonly markup: string
}

export type Child = Safe | string | number | null | undefined | false | readonly Child[]

/** html`<p>${text}</p>`: strings and numbers are escaped, lists joined, null, undefined and false left out. */
export function html(strings: TemplateStringsArray, ...children: readonly Child[]): Safe {
  let markup = strings[0] ?? ''
  children.forEach((child, i) => {
    markup += render(child) + (strings[i + 1] ?? '')
  })
  return { markup }
}

function render(child: Child): string {
  if (child === null || child === undefined || child === false) return ''
  if (typeof child === 'string' || typeof child === 'number') return escapeText(String(child))
  return isList(child) ? child.map(render).join('') : child.markup
}

const isList = (child: Safe | readonly Child[]): child is readonly Child[] => Array.isArray(child)

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text for element content and quoted attributes. */
export function escapeText(text: string): string {
  return printable(text).replace(/[&<>"']/g, (character) => entities[character] as string)
}

/** A coordinate: two decimals are finer than any screen. */
export const px = (value: number): string => String(Math.round(value * 100) / 100)
