import { parseArgs, type ParseArgsConfig } from 'node:util';

import { parse } from 'shell-quote';

import { Problem } from '../../scripts/n8n/problem';
import type { HttpCall } from './httpCall';

/** Options of curl that determine what is sent, with their short forms. */
const SENT = {
	request: 'X',
	header: 'H',
	user: 'u',
	data: 'd',
	form: 'F',
	get: 'G',
	url: '',
	'url-query': '',
	json: '',
	'data-ascii': '',
	'data-raw': '',
	'data-binary': '',
	'data-urlencode': '',
	'form-string': '',
	'upload-file': 'T',
};
/** Options that only determine how, but take a value, which is not the URL: from `curl --help all` (7.88), and newer ones. */
const OTHERS = `
	E:cert K:config C:continue-at b:cookie c:cookie-jar D:dump-header P:ftp-port m:max-time o:output x:proxy U:proxy-user
	Q:quote r:range e:referer Y:speed-limit y:speed-time t:telnet-option z:time-cond A:user-agent w:write-out
	abstract-unix-socket alt-svc aws-sigv4 cacert capath cert-type ciphers connect-timeout connect-to create-file-mode
	crlfile curves delegation dns-interface dns-ipv4-addr dns-ipv6-addr dns-servers doh-url ech egd-file engine etag-compare
	etag-save expect100-timeout ftp-account ftp-alternative-to-user ftp-method ftp-ssl-ccc-mode happy-eyeballs-timeout-ms
	haproxy-clientip hostpubmd5 hostpubsha256 hsts interface ip-tos ipfs-gateway keepalive-cnt keepalive-time key key-type
	krb libcurl limit-rate local-port login-options mail-auth mail-from mail-rcpt max-filesize max-redirs netrc-file noproxy
	output-dir parallel-max pass pinnedpubkey preproxy proto proto-default proto-redir proxy-cacert proxy-capath proxy-cert
	proxy-cert-type proxy-ciphers proxy-crlfile proxy-header proxy-key proxy-key-type proxy-pass proxy-pinnedpubkey
	proxy-service-name proxy-tls13-ciphers proxy-tlsauthtype proxy-tlspassword proxy-tlsuser proxy1.0 pubkey random-file
	rate request-target resolve retry retry-delay retry-max-time sasl-authzid service-name sigalgs socks4 socks4a socks5
	socks5-gssapi-service socks5-hostname stderr tftp-blksize tls-max tls13-ciphers tlsauthtype tlspassword tlsuser trace
	trace-ascii trace-config unix-socket upload-flags variable vlan-priority
`;

const OPTIONS: NonNullable<ParseArgsConfig['options']> = Object.fromEntries([
	...Object.entries(SENT).map(([name, short]) => option(name, short)),
	...OTHERS.trim()
		.split(/\s+/)
		.map((one) => option(one.slice(one.indexOf(':') + 1), one.includes(':') ? one[0] : '')),
]);

function option(name: string, short: string) {
	const type = name === 'get' ? ('boolean' as const) : ('string' as const);
	return [name, { type, multiple: type === 'string', ...(short === '' ? {} : { short }) }] as const;
}

/** Whether a text is a curl command. */
export function isCurl(text: string): boolean {
	return /^\s*(\$\s*)?curl(\.exe)?\s/.test(text);
}

/**
 * Parses a curl command as a shell would, without running anything in it.
 * @throws Problem if it has no URL, or a body that is not text
 */
export function readCurl(text: string): HttpCall {
	const line = text
		.trim()
		.replace(/^\$\s*/, '')
		.replace(/\\\r?\n/g, ' ');
	const args = parse(line, (name) => `$${name}`).flatMap((word) =>
		typeof word === 'string' ? [word] : 'pattern' in word ? [word.pattern] : [],
	);
	const { tokens, positionals } = parseArgs({ args: args.slice(1), options: OPTIONS, strict: false, allowPositionals: true, tokens: true });
	const given = tokens.flatMap((token) => (token.kind === 'option' ? [{ name: token.name, value: token.value ?? '' }] : []));
	const all = (...names: Array<keyof typeof SENT>) => given.filter(({ name }) => (names as string[]).includes(name));
	const [url] = [...all('url').map(({ value }) => value), ...positionals];
	if (url === undefined) throw new Problem('The curl command has no address. Copy it whole, from "curl" to its last line.');
	if (all('form', 'form-string', 'upload-file').length > 0)
		throw new Problem(
			'The curl command sends a form with files (-F), or a file (-T), which is not taken over. Give the request as JSON: { ' +
				'"path": …, "body": … }.',
		);
	const data = all('data', 'data-ascii', 'data-raw', 'data-binary', 'data-urlencode', 'json').map(dataOf);
	const query = [
		...all('url-query').map(({ value }) => (value.startsWith('+') ? value.slice(1) : encoded(value))),
		...(all('get').length > 0 ? data : []),
	];
	const body = data.length === 0 || all('get').length > 0 ? undefined : data.join('&');
	const headers = all('header').map(
		({ value }) => [value.slice(0, value.indexOf(':')).trim().toLowerCase(), value.slice(value.indexOf(':') + 1).trim()] as const,
	);
	return {
		method: all('request').at(-1)?.value.toUpperCase() ?? (body === undefined ? 'GET' : 'POST'),
		url: query.length === 0 ? url : `${url}${url.includes('?') ? '&' : '?'}${query.join('&')}`,
		headers: Object.fromEntries(headers),
		...(body === undefined ? {} : { body }),
	};
}

function dataOf({ name, value }: { name: string; value: string }): string {
	if (name === 'data-urlencode') return encoded(value);
	if (name !== 'data-raw' && value.startsWith('@')) throw fromFile(value.slice(1));
	return value;
}

/** Encodes a value of --data-urlencode: `content`, `=content` or `name=content`, where the name is already encoded. */
function encoded(value: string): string {
	const [, name, sign, content] = /^([^=@]*)([=@])([^]*)$/.exec(value) ?? [undefined, '', '=', value];
	if (sign === '@') throw fromFile(content);
	return `${name === '' ? '' : `${name}=`}${encodeURIComponent(content)}`;
}

function fromFile(file: string): Problem {
	return new Problem(`The curl command reads its body from the file ${file}. Put the text itself in its place.`);
}
