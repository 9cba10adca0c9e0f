import { readingsOf, viewOf } from '../../../engine/run/redact/decode';
import { Random } from '../../property/corpus/random';

const PARTS = (
	'% %25 2 5 41 e9 u0041 %C3 %c3 %A9 %E2%82%AC %u20AC %F0%9F%98%80 %EF%BF%BD %FF \\ \\n \\" \\u0041 \\x41 amp; &amp; &lt; ' +
	'&#65; &no; a é'
).split(' ');

it('A text reads the same at once and with the places of its characters', () => {
	const random = new Random(20261130);
	const wrong: string[] = [];
	let read = 0;
	for (let times = 0; times < 20_000; times++) {
		const text = Array.from({ length: 1 + random.int(0, 8) }, () => random.pick(PARTS)).join('');
		for (const reading of readingsOf(text)) {
			read++;
			if (viewOf(text, reading).text !== reading.text) wrong.push(`${text} → ${reading.text}`);
		}
	}
	expect(wrong).toEqual([]);
	expect(read).toBeGreaterThan(60_000);
});
