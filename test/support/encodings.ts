/** A way in which a vendor may repeat what it was sent: gives a text that contains the secret. */
type Encoding = (secret: string) => string;

const percent = (secret: string) => encodeURIComponent(secret);
const every = (secret: string, write: (code: number) => string) =>
	Array.from({ length: secret.length }, (_, index) => write(secret.charCodeAt(index))).join('');
const points = (secret: string, write: (code: number) => string) => [...secret].map((one) => write(one.codePointAt(0) as number)).join('');
const bytes = (secret: string, write: (byte: string) => string) =>
	[...Buffer.from(secret)].map((one) => write(one.toString(16).padStart(2, '0'))).join('');
const form = (secret: string) => new URLSearchParams([['', secret]]).toString().slice(1);
const base64 = (secret: string) => Buffer.from(secret).toString('base64');
const base64url = (secret: string) => Buffer.from(secret).toString('base64url');
const hex = (secret: string) => Buffer.from(secret).toString('hex');
const json = (secret: string) => JSON.stringify(secret).slice(1, -1);
const slashes = (secret: string) => json(secret).replaceAll('/', '\\/');
const unicode = (code: number) => `\\u${code.toString(16).padStart(4, '0')}`;
const html = (secret: string) =>
	secret.replace(/[&<>"']/g, (one) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[one] as string);
const wrapped = (text: string, width: number, lineBreak = '\n') => (text.match(new RegExp(`.{1,${width}}`, 'gs')) ?? []).join(lineBreak);
const lowerPercent = (text: string) => text.replace(/%[0-9A-F]{2}/g, (one) => one.toLowerCase());

export const ENCODINGS: { [name: string]: Encoding } = {
	plain: (secret) => secret,
	'upper case': (secret) => secret.toUpperCase(),
	'lower case': (secret) => secret.toLowerCase(),
	percent,
	'percent in lower case': (secret) => lowerPercent(percent(secret)),
	'percent, each byte': (secret) => bytes(secret, (byte) => `%${byte.toUpperCase()}`),
	'percent, each byte, in lower case': (secret) => bytes(secret, (byte) => `%${byte}`),
	'percent twice': (secret) => percent(percent(secret)),
	'percent three times': (secret) => percent(percent(percent(secret))),
	form,
	'form in lower case': (secret) => lowerPercent(form(secret)),
	'form within percent': (secret) => percent(form(secret)),
	'form twice': (secret) => form(form(secret)),
	'percent of characters (%uXXXX)': (secret) => every(secret, (code) => `%u${code.toString(16).padStart(4, '0')}`),
	base64,
	'base64 without padding': (secret) => base64(secret).replace(/=+$/, ''),
	base64url,
	'base64, one byte before': (secret) => base64(`:${secret}`),
	'base64, two bytes before': (secret) => base64(`u:${secret}`),
	'base64url, two bytes before': (secret) => base64url(`u:${secret}`),
	'base64, something behind': (secret) => base64(`${secret}:x`),
	'Basic authentication': (secret) => `Basic ${base64(`user:${secret}`)}`,
	'base64 behind a path': (secret) => `/v1/keys/${base64(`user:${secret}`)}`,
	'base64 twice': (secret) => base64(base64(secret)),
	'base64 within percent': (secret) => percent(base64(secret)),
	'percent within base64': (secret) => base64(percent(secret)),
	'base64 in lines of 76': (secret) => wrapped(base64(secret), 76),
	'base64 in lines of 20': (secret) => wrapped(base64(secret), 20, '\r\n'),
	'JSON within base64': (secret) => base64(JSON.stringify({ key: secret })),
	hex,
	'hex in upper case': (secret) => hex(secret).toUpperCase(),
	'hex with colons': (secret) => bytes(secret, (byte) => `:${byte}`).slice(1),
	'hex behind 0x': (secret) => `0x${hex(secret)}`,
	'hex of base64': (secret) => hex(base64(secret)),
	json,
	'JSON with \\/': slashes,
	'JSON within JSON': (secret) => json(json(secret)),
	'JSON within JSON, with \\/': (secret) => json(slashes(secret)),
	'JSON three times': (secret) => json(json(json(secret))),
	'JSON, not ASCII as \\u': (secret) => every(json(secret), (code) => (code > 126 ? unicode(code) : String.fromCharCode(code))),
	'JSON, each character as \\u': (secret) => every(secret, unicode),
	'JSON, each character as \\U in upper case': (secret) => every(secret, unicode).toUpperCase(),
	'\\u within JSON': (secret) => json(every(secret, unicode)),
	'\\x and \\u': (secret) => every(secret, (code) => (code < 256 ? `\\x${code.toString(16).padStart(2, '0')}` : unicode(code))),
	'\\u{…}': (secret) => points(secret, (code) => `\\u{${code.toString(16)}}`),
	HTML: html,
	'HTML twice': (secret) => html(html(secret)),
	'HTML, decimal': (secret) => points(secret, (code) => `&#${code};`),
	'HTML, hex': (secret) => points(secret, (code) => `&#x${code.toString(16)};`),
	'HTML, hex in upper case': (secret) => points(secret, (code) => `&#X${code.toString(16).toUpperCase()};`),
	'HTML of JSON': (secret) => html(json(secret)),
	'percent of JSON': (secret) => percent(JSON.stringify({ key: secret })),
	'JSON of percent': (secret) => json(percent(secret)),
	'base64 within JSON within base64': (secret) => base64(JSON.stringify({ key: base64(secret) })),
	'composed otherwise': (secret) => secret.normalize('NFD'),
	'other line breaks': (secret) => secret.replace(/\r?\n/g, '\r\n'),
	'lines of 40': (secret) => rewrapped(secret, 40),
	'lines of 76, in JSON': (secret) => json(rewrapped(secret, 76)),
	'one line': (secret) => rewrapped(secret, 1_000_000),
	'line breaks as \\n': (secret) => secret.replace(/\r?\n/g, '\\n'),
	'the inner part of a key': (secret) => (isPem(secret) ? secret.split('\n').slice(2, 5).join('') : secret),
	'one line of a key': (secret) => (isPem(secret) ? secret.split('\n')[3] : secret),
};

function isPem(secret: string): boolean {
	return secret.includes('-----BEGIN');
}

/** A PEM key with a different line length; any other text stays unchanged. */
function rewrapped(secret: string, width: number): string {
	return secret.replace(
		/(-----BEGIN [^-]+-----)([^-]+)(-----END)/g,
		(_all, begin: string, content: string, end: string) => `${begin}\n${wrapped(content.replace(/\s/g, ''), width)}\n${end}`,
	);
}

/** Parts of an encoded secret that are long enough to reveal something. */
export function telling(written: string): string[] {
	if (written.length <= 16) return [written];
	const parts: string[] = [];
	for (let from = 0; from + 16 <= written.length; from += 8) parts.push(written.slice(from, from + 16));
	return parts.filter((part) => !/BEGIN|END PR|PRIVATE|^\W*$/.test(part));
}
