import { parseArgs } from 'node:util';

import { parse } from 'shell-quote';

import { Problem } from '../n8n/problem';
import type { HttpCall } from './httpCall';

/** Options of curl that say what is sent; all others say how, and are left aside. */
const OPTIONS = {
	request: { type: 'string', short: 'X' },
	header: { type: 'string', short: 'H', multiple: true },
	data: { type: 'string', short: 'd', multiple: true },
	'data-raw': { type: 'string', multiple: true },
	'data-binary': { type: 'string', multiple: true },
	'data-ascii': { type: 'string', multiple: true },
	json: { type: 'string', multiple: true },
	'data-urlencode': { type: 'string', multiple: true },
	form: { type: 'string', short: 'F', multiple: true },
	get: { type: 'boolean', short: 'G' },
	url: { type: 'string' },
	user: { type: 'string', short: 'u' },
	'user-agent': { type: 'string', short: 'A' },
	'max-time': { type: 'string', short: 'm' },
	output: { type: 'string', short: 'o' },
	cookie: { type: 'string', short: 'b' },
} as const;

/** Whether a text is a curl command. */
export function isCurl(text: string): boolean {
	return /^\s*(\$\s*)?curl(\.exe)?\s/.test(text);
}

/**
 * Reads a curl command, as a shell does; nothing in it is run.
 * @throws Problem where it has no address, or a body that is no text
 */
export function readCurl(text: string): HttpCall {
	const words = parse(text.trim().replace(/^\$\s*/, '').replace(/\\\r?\n/g, ' '), (name) => `$${name}`).flatMap((word) => (typeof word === 'string' ? [word] : 'pattern' in word ? [word.pattern] : []));
	const { values, positionals } = parseArgs({ args: words.slice(1), options: OPTIONS, strict: false, allowPositionals: true });
	const all = (name: keyof typeof OPTIONS) => [values[name] ?? []].flat().filter((value): value is string => typeof value === 'string');
	const url = all('url')[0] ?? positionals.find((word) => /^(https?:\/\/|[\w.-]+\.[a-z]{2,}(\/|$))/i.test(word));
	if (url === undefined) throw new Problem('The curl command has no address. Copy it whole, from "curl" to its last line.');
	if (all('form').length > 0) throw new Problem('The curl command sends a form with files (-F), which is not taken over. Give the request as JSON: { "path": …, "body": … }.');
	const file = [...all('data'), ...all('data-binary')].find((value) => value.startsWith('@'));
	if (file !== undefined) throw new Problem(`The curl command reads its body from the file ${file.slice(1)}. Put the text itself in its place.`);
	const data = [...all('data'), ...all('data-raw'), ...all('data-binary'), ...all('data-ascii'), ...all('json'), ...all('data-urlencode')];
	const headers = Object.fromEntries(all('header').map((line) => [line.slice(0, line.indexOf(':')).trim().toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]));
	const body = data.length === 0 || values.get === true ? undefined : data.join('&');
	const query = values.get === true && data.length > 0 ? `${url.includes('?') ? '&' : '?'}${data.join('&')}` : '';
	return { method: all('request')[0]?.toUpperCase() ?? (body === undefined ? 'GET' : 'POST'), url: url + query, headers, ...(body === undefined ? {} : { body }) };
}
