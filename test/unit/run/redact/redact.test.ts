import { HIDDEN, Redactor } from '../../../../engine/run/redact';
import { Random } from '../../../property/corpus/random';
import { ENCODINGS } from '../../../support/encodings';
import { share } from '../../../support/share';
import { countTries } from '../../../support/tries';

/** Secrets of each kind. */
const DRAWN = share(3, 1);
const FEW = share(2_000, 500);
const MANY = 10 * FEW;

const tried = countTries('Redaction: encodings');
const SEED = 20261124;

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const SIGNS = `${LETTERS}!"#$%&'()*+,-./:;<=>?@[\\]^_\`{|}~ `;
const API_KEY = 'demo-key-of-the-n8n-credential';

/** Kinds of secrets, each drawn anew. */
function secretsFrom(random: Random): { [kind: string]: () => string } {
	const draw = (characters: string, count: number) => Array.from({ length: count }, () => random.pick([...characters])).join('');
	return {
		'letters and digits': () => draw(LETTERS, 24),
		'all that ASCII has': () => `${draw(SIGNS, 24).trim()}x`,
		'what notations escape': () => `s3cr3t/va lue+"x"&<${draw(SIGNS, 6)}>'\\%41`,
		'other letters': () => draw(`${LETTERS}äöüßéñ€日本語😀`, 16),
		'four characters': () => draw(LETTERS, 4),
		'eight characters': () => `${draw(SIGNS, 7).trim()}x8`.slice(0, 8),
		'a key in PEM form': () =>
			`-----BEGIN PRIVATE KEY-----\n${(draw(`${LETTERS}+/`, 800).match(/.{1,64}/g) as string[]).join('\n')}\n-----END PRIVATE KEY-----\n`,
		Base64: () => Buffer.from(draw(SIGNS, 31)).toString('base64'),
	};
}

const AROUND: Array<[string, string]> = [
	['', ''],
	['The value ', ' is wrong.'],
	['{"key":"', '"}'],
	['https://x.test/?key=', '&page=1'],
	['<p>', '</p>'],
];

describe('A secret is hidden as a whole token, whatever it is written in', () => {
	const random = new Random(SEED);
	for (const [kind, draw] of Object.entries(secretsFrom(random))) {
		it(kind, () => {
			const wrong: string[] = [];
			for (let times = 0; times < DRAWN; times++) {
				const secret = draw();
				const redactor = new Redactor([API_KEY, secret]);
				for (const [name, encode] of Object.entries(ENCODINGS)) {
					// The line break at the end of a key is not shown for its sake.
					const written = encode(secret.trim());
					for (const [before, behind] of AROUND) {
						const shown = redactor.text(`${before}${written}${behind}`);
						tried();
						// Nothing is left of it but what belongs to no token: a line break at its end, the word before it.
						const rest =
							shown.startsWith(before) && shown.endsWith(behind) ? shown.slice(before.length, shown.length - behind.length) : shown;
						if (!rest.includes(HIDDEN) || rest.replace('Basic ', '').length > HIDDEN.length + 6)
							wrong.push(`${name}: ${secret.slice(0, 60)} → ${shown.slice(0, 200)}`);
					}
				}
			}
			expect(wrong).toEqual([]);
		});
	}
});

describe('What holds no secret is shown as it is', () => {
	it('in any encoding', () => {
		const random = new Random(SEED + 1);
		const kinds = Object.values(secretsFrom(random));
		const wrong: string[] = [];
		for (let times = 0; times < DRAWN; times++) {
			const redactor = new Redactor([API_KEY, ...kinds.map((draw) => draw())]);
			for (const draw of kinds) {
				const other = draw();
				for (const encode of Object.values(ENCODINGS)) {
					const text = `The value ${encode(other)} is wrong.`;
					tried();
					if (redactor.text(text) !== text) wrong.push(text);
				}
			}
		}
		expect(wrong).toEqual([]);
	});

	it.each([
		['a word that a short secret is a part of', ['test', 'user'], 'The latest username is contested.'],
		[
			'the armor of a key',
			['-----BEGIN PRIVATE KEY-----\nTUlJRXZRSUJBREFOQmdrcWhraUc5dzBC\n-----END PRIVATE KEY-----'],
			'It has to begin with -----BEGIN PRIVATE KEY-----',
		],
		[
			'what is public in a file',
			[
				'{"type":"service_account","project_id":"acme-1024","private_key":"canary-of-the-key",' +
					'"token_uri":"https://oauth2.googleapis.com/token"}',
			],
			'acme-1024 of type service_account at https://oauth2.googleapis.com/token',
		],
		['a text in which the parts stand apart', ['alpha-beta-gamma'], 'alpha-beta and beta-gamma'],
		['two words that a secret has in one', ['into-the-wild'], 'into the wild'],
	])('%s', (_what, secrets, text) => expect(new Redactor(secrets).text(text)).toBe(text));
});

describe('In JSON', () => {
	const redactor = new Redactor(['created', 'org_id', '1024', 'id', 'canary-secret']);

	it('names that the document declares stay as they are, others are compared', () => {
		const value = { org_id: 'x', nested: [{ created: true, 'canary-secret': 1 }] };
		expect(redactor.json(value, new Set(['org_id', 'nested', 'created']))).toEqual({
			org_id: 'x',
			nested: [{ created: true, [HIDDEN]: 1 }],
		});
	});

	it('numbers and bytes are compared', () => {
		expect(redactor.json({ a: 1024, b: 10240, c: [...Buffer.from('canary-secret')], d: [1, 2, 3], e: null, f: true })).toEqual({
			a: HIDDEN,
			b: 10240,
			c: HIDDEN,
			d: [1, 2, 3],
			e: null,
			f: true,
		});
	});

	it('a secret of few characters is hidden as a whole value', () => {
		expect(redactor.json({ a: 'id', b: 'ID', c: 'aWQ=', d: 'my id' })).toEqual({ a: HIDDEN, b: HIDDEN, c: HIDDEN, d: 'my id' });
	});
});

describe('The cost grows with the text', () => {
	const random = new Random(SEED + 2);
	const draw = secretsFrom(random)['letters and digits'];
	const row = (secret: string, index: number) => ({
		id: `c-${index}`,
		note: `Received {"key":"${secret}"}`,
		basic: Buffer.from(`user:${secret}`).toString('base64'),
	});
	const time = (work: () => void) => {
		const before = process.cpuUsage();
		work();
		const { user, system } = process.cpuUsage(before);
		return (user + system) / 1000;
	};
	/** All rows with all secrets in one item. */
	const cost = (count: number) => {
		const secrets = Array.from({ length: count }, draw);
		return time(() => {
			const shown = JSON.stringify(new Redactor(secrets).json(secrets.map(row)));
			expect(shown.split(HIDDEN)).toHaveLength(2 * count + 1);
		});
	};

	/** Each row with the secrets of an item of its own. */
	const costOfItems = (count: number) => {
		const secrets = Array.from({ length: count }, draw);
		return time(() => {
			secrets.forEach((secret, index) => {
				const shown = JSON.stringify(new Redactor([API_KEY, secret]).json({ ...row(secret, index), header: `Bearer ${API_KEY}` }));
				expect(shown.split(HIDDEN)).toHaveLength(4);
			});
		});
	};

	it('and with the items', () => {
		costOfItems(FEW);
		const few = costOfItems(FEW);
		const many = costOfItems(MANY);
		process.stderr.write(
			`Redaction: ${MANY} items take ${(many / few).toFixed(1)} times as long as ${FEW} (${many.toFixed(0)} ms, ${few.toFixed(0)} ms)\n`,
		);
		expect(many / few).toBeLessThan(30);
	});

	it('and not with the secrets times the text', () => {
		cost(FEW);
		const ratio = cost(MANY) / cost(FEW);
		process.stderr.write(`Redaction: ${MANY} secrets in ${MANY} rows take ${ratio.toFixed(1)} times as long as ${FEW} in ${FEW}\n`);
		expect(ratio).toBeLessThan(40);
	});

	it.each([
		['one word', 'x'.repeat(1_000_000)],
		['prose', 'The value of this field is wrong, try another one. '.repeat(20_000)],
		['percent', '%41%252542 '.repeat(90_000)],
		['percent of percent', `%${'25'.repeat(500_000)}`],
		['backslashes', '\\'.repeat(1_000_000)],
		['entities', '&amp;'.repeat(200_000)],
		['all notations', '\\u00e9%41&#65;'.repeat(70_000)],
		['hex', 'ab'.repeat(500_000)],
		['Base64', Buffer.from('abc defg '.repeat(83_000)).toString('base64')],
	])('a megabyte of %s is read', (what, text) => {
		const redactor = new Redactor([API_KEY, draw()]);
		const taken = time(() => void redactor.text(text));
		process.stderr.write(`Redaction: a megabyte of ${what}: ${taken.toFixed(0)} ms\n`);
		expect(taken).toBeLessThan(10_000);
	});
});
