/**
 * Text of unknown origin that is safe to show: control characters other than newline and tab, and halves of surrogate
 * pairs, become U+FFFD. It cannot steer a terminal and is valid in a page (where markup is still to be escaped).
 */
export function printable(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(/[^\P{Cc}\n\t]|\p{Cs}/gu, '\ufffd')
}
