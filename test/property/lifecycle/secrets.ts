import { isSecretName } from '../../../engine/model/names';
import { Count, Share, type Figures } from './figures';
import type { Row } from './truth';

/** Scores which field names hold a secret. A form also shows a label for each name, so that may be used, too. */
export function scoreSecrets(rows: Row[]): Figures {
	const count = new Count();
	for (const { name, label, secret } of rows) {
		const guess = isSecretName(String(name), String(label ?? ''));
		if (guess && secret === true) count.right++;
		else if (guess) count.extra++;
		else if (secret === true) count.missed++;
	}
	return { n: rows.length, values: { precision: count.precision, recall: count.recall, F1: count.f1 }, sure: new Share() };
}

/** Each name in a source once, however many vendors have it. */
export function eachNameOnce(rows: Row[]): Row[] {
	return [...new Map(rows.map((row) => [`${sourceOf(row)} ${String(row.name)} ${String(row.secret)}`, row])).values()];
}

/** The source of a row, without the vendor. */
export function sourceOf(row: Row): string {
	return String(row.source).split(':')[0];
}
