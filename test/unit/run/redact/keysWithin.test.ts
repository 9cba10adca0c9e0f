import type { Field } from '../../../../engine/model';
import { HIDDEN, Redactor, secretsOf } from '../../../../engine/run/credentials/secrets';
import { Random } from '../../../property/corpus/random';

const random = new Random(20261130);
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const content = Array.from({ length: 1600 }, () => random.pick([...LETTERS])).join('');
const wrapped = (width: number, end = '\n') => (content.match(new RegExp(`.{1,${width}}`, 'g')) as string[]).join(end);
const pem = (body: string, end = '\n') => `-----BEGIN PRIVATE KEY-----${end}${body}${end}-----END PRIVATE KEY-----${end}`;
const key = pem(wrapped(64));

/** A file as Google gives it to a service account, with the key under a name. */
const account = (name = 'private_key') => ({
	type: 'service_account',
	project_id: 'acme-1024-of-many',
	private_key_id: '0123456789abcdef0123456789abcdef01234567',
	[name]: key,
	client_email: 'robot@acme-1024-of-many.iam.gserviceaccount.com',
	client_secret: 'canary-of-another-secret',
	token_uri: 'https://oauth2.googleapis.com/token',
});
const text = JSON.stringify(account(), null, 2);

/** How a key stands in what an operator enters. */
const ENTERED: Array<[string, unknown]> = [
	['the file as text', text],
	['the file as text in one line', JSON.stringify(account())],
	['the file in a field of a JSON text', JSON.stringify({ region: 'eu', credentials: text })],
	['the file in a field of a JSON text in a field of a JSON text', JSON.stringify({ config: JSON.stringify({ credentials: text }) })],
	['the file in an object', { region: 'eu', credentials: text }],
	['the file under a list', { all: [{ content: JSON.stringify([account()]) }] }],
	['a name that says nothing', JSON.stringify(account('pem'))],
	['a key without line breaks', pem(wrapped(64, ' '), ' ')],
	['text around it', `# of the robot\nkey: |\n${key.replace(/^/gm, '  ')}\nregion: eu-central-1`],
	['JSON that is cut off', text.slice(0, -4)],
];

/** How a vendor says it again. */
const ECHOED: Array<[string, string]> = [
	['as it is', key],
	['with other lines', pem(wrapped(76, '\r\n'), '\r\n')],
	['in one line', pem(content)],
	['with escaped line breaks', pem(wrapped(64, '\\n'), '\\n')],
	['within JSON', JSON.stringify({ private_key: key })],
	['within JSON within JSON', JSON.stringify(JSON.stringify({ private_key: key }))],
	['without its armor', content],
	['percent-encoded', encodeURIComponent(key)],
];

const field = (secret: boolean) => ({ kind: 'json', name: 'x', label: 'X', schema: {}, ...(secret ? { secret } : {}) }) as unknown as Field;
/** No part of the key that tells anything. */
const isShown = (shown: string) => {
	const bare = shown.replace(/\\+n|\s|%0A/g, '');
	return [...content.matchAll(/.{20}/g)].some(([part]) => bare.includes(part) || bare.includes(encodeURIComponent(part)));
};

it('sees what is shown', () => expect(ECHOED.filter(([, echoed]) => !isShown(echoed))).toEqual([]));

describe.each([
	['a field that holds a secret', true],
	['a field of which the document says nothing', false],
])('A private key that stands within %s', (_where, secret) => {
	const of = (value: unknown) => new Redactor(secretsOf(field(secret), value as never));

	it.each(ENTERED)('%s', (_how, value) => {
		const redactor = of(value);
		expect(ECHOED.filter(([, echoed]) => isShown(redactor.text(`Wrong: ${echoed} (given)`)))).toEqual([]);
	});

	it('is no reason to hide what is public beside it', () => {
		const told = 'acme-1024-of-many has robot@acme-1024-of-many.iam.gserviceaccount.com at https://oauth2.googleapis.com/token';
		expect(of(JSON.stringify({ credentials: text })).text(told)).toBe(told);
	});

	it('is one of several secrets there', () => {
		expect(of(JSON.stringify({ credentials: text })).text('canary-of-another-secret')).toBe(HIDDEN);
	});
});

it('A certificate is no secret in a field of which the document says nothing', () => {
	const certificate = key.replaceAll('PRIVATE KEY', 'CERTIFICATE');
	expect(secretsOf(field(false), JSON.stringify({ pem: certificate }))).toEqual([]);
});
