import { readingsOf } from '../../../../engine/run/redact/decode';
import { folded } from '../../../../engine/run/redact/fold';
import { Random } from '../../../property/corpus/random';
import { share } from '../../../support/share';

const PARTS = (
	'% %25 2 5 41 e9 u0041 %C3 %c3 %A9 %E2%82%AC %u20AC %F0%9F%98%80 %EF%BF%BD %FF \\ \\n \\" \\u0041 \\x41 amp; &amp; &lt; ' +
	'&#65; &no; a é ß ﬁ 日 😀 e\u0301 \u1112\u1161\u11ab \u00ad İ'
).split(' ');
/** No notation of these parts has it, and nothing is written over it. */
const BETWEEN = 'q';

it('What a text reads as stands where it was written', () => {
	const random = new Random(20261130);
	const wrong: string[] = [];
	let read = 0;
	const texts = share(10_000, 2_500);
	for (let times = 0; times < texts; times++) {
		const words = Array.from({ length: 1 + random.int(0, 6) }, () =>
			Array.from({ length: 1 + random.int(0, 4) }, () => random.pick(PARTS)).join(''),
		);
		const text = words.join(BETWEEN);
		for (const reading of readingsOf(text)) {
			for (const view of [reading, folded(reading)]) {
				const shown = view.text.split(BETWEEN);
				if (shown.length !== words.length) wrong.push(`${text} → ${view.text}`);
				let written = 0;
				let at = 0;
				for (const [index, one] of shown.entries()) {
					read++;
					const from = one === '' ? written : view.sourceOf(at, at + one.length)[0];
					const to = one === '' ? written : view.sourceOf(at, at + one.length)[1];
					// What stands for nothing can be left out at either end.
					const left = text.slice(written, from) + text.slice(to, written + words[index].length);
					if (one !== '' && left.replace(/\\*\u00ad/g, '') !== '') wrong.push(`${text}: ${one} in ${view.text}, ${from} to ${to}`);
					at += one.length + 1;
					written += words[index].length + 1;
				}
			}
		}
	}
	expect(wrong.slice(0, 5)).toEqual([]);
	expect(read).toBeGreaterThan(30 * texts);
});
