import type { Count, Row } from './check';

/** The thresholds of the run that are not reached, in words. */
export function verdictOf(rows: Row[]): string[] {
	const below: string[] = [];
	const demand = (right: boolean, text: string) => {
		if (!right) below.push(text);
	};
	const total = (pick: (row: Row) => Count, which = rows) => sum(which.map(pick));
	const real = rows.filter((row) => row.kind !== 'fixture');
	const failed = (check: string) => rows.filter((row) => row.failures.some((one) => one.check === check)).map((row) => row.name);
	demand(failed('describe').length === 0, `describe fails: ${failed('describe').join(', ')}`);
	demand(failed('parameter').length === 0, `parameters are missing: ${failed('parameter').join(', ')}`);
	demand(failed('body').length === 0, `the body is lost: ${failed('body').join(', ')}`);
	demand(failed('sampler').length === 0, `too few requests could be drawn: ${failed('sampler').join(', ')}`);
	for (const which of [real, rows]) {
		const leaves = total((row) => row.leaves, which);
		demand(
			leaves.passed >= leaves.of * 0.95,
			`only ${percent(leaves)} of the leaf inputs${which === real ? ' of real documents' : ''} are typed fields`,
		);
	}
	for (const [name, pick] of [
		['union branches can be chosen', (row: Row) => row.branches],
		['secrets are masked', (row: Row) => row.secrets],
		['inputs that are no secret are readable', (row: Row) => row.open],
		['untouched forms are right', (row: Row) => row.untouched],
		['round trips come back equal', (row: Row) => row.roundTrips],
		['wrong requests are refused with the place', (row: Row) => row.wrong],
	] as const) {
		const count = total(pick);
		demand(count.passed === count.of, `${count.passed} of ${count.of} ${name}`);
	}
	const largest = [...rows].sort((a, b) => b.bytes - a.bytes)[0];
	if (largest) demand(largest.milliseconds <= 1500, `describe of the largest document (${largest.name}) takes ${largest.milliseconds} ms`);
	return below;
}

/** How many documents have no failures. Leaves do not count, because their threshold is for all documents together. */
export function countOf(rows: Row[]): string {
	const failed = rows.filter((row) => row.failures.some(({ check }) => check !== 'leaf')).length;
	return `${rows.length - failed} passed, ${failed} failed`;
}

/** One row per operation, and the totals. */
export function tableOf(rows: Row[]): string {
	const head = ['document', 'KB', 'ms', 'param', 'body', 'leaves', 'branches', 'secret', 'open', 'untouched', 'trips', 'valid', 'wrong'];
	const lines = rows.map((row) => [
		...[
			row.name.slice(0, 44),
			String(Math.round(row.bytes / 1024)),
			String(row.milliseconds),
			text(row.parameters),
			row.body === 'none' ? '–' : row.body === 'lost' ? 'LOST' : 'yes',
		],
		...[row.leaves, row.branches, row.secrets, row.open, row.untouched, row.roundTrips].map(text),
		row.drawn === 0 ? '–' : `${Math.round((100 * row.roundTrips.of) / row.drawn)} %`,
		row.failures.some((one) => one.check === 'describe') ? 'NO FORM' : text(row.wrong),
	]);
	const total = (name: string, which: Row[]) => {
		const bodies = which.filter((row) => row.body !== 'none');
		const drawn = which.reduce((all, row) => all + row.drawn, 0);
		const trips = sum(which.map((row) => row.roundTrips));
		return [
			...[
				`${name} (${which.length})`,
				String(Math.round(which.reduce((all, row) => all + row.bytes, 0) / 1024)),
				String(Math.max(...which.map((row) => row.milliseconds))),
			],
			...[text(sum(which.map((row) => row.parameters))), `${bodies.filter((row) => row.body === 'reachable').length}/${bodies.length}`],
			...[
				(row: Row) => row.leaves,
				(row: Row) => row.branches,
				(row: Row) => row.secrets,
				(row: Row) => row.open,
				(row: Row) => row.untouched,
				(row: Row) => row.roundTrips,
			].map((pick) => text(sum(which.map(pick)))),
			`${drawn === 0 ? 0 : Math.round((100 * trips.of) / drawn)} %`,
			text(sum(which.map((row) => row.wrong))),
		];
	};
	const kinds = [...new Set(rows.map((row) => row.kind))];
	const totals = [
		...kinds.map((kind) =>
			total(
				`all: ${kind}`,
				rows.filter((row) => row.kind === kind),
			),
		),
		...(kinds.length > 1 ? [total('all', rows)] : []),
	];
	const all = [head, ...lines, ...totals];
	const widths = head.map((_one, column) => Math.max(...all.map((line) => line[column].length)));
	const write = (line: string[]) =>
		line.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]))).join('  ');
	const rule = widths.map((width) => '─'.repeat(width)).join('  ');
	return [write(head), rule, ...lines.map(write), rule, ...totals.map(write)].join('\n');
}

/** Failures by class, so that those that only differ in names and values are counted together. */
export function classesOf(rows: Row[]): string {
	const classes = new Map<string, { count: number; documents: Set<string>; example: string }>();
	for (const row of rows) {
		for (const { class: name, place, message, request } of row.failures) {
			const known = classes.get(name) ?? { count: 0, documents: new Set<string>(), example: '' };
			const example =
				`${row.name} ${place}\n      ` + `${message}${request === undefined ? '' : `\n      ${JSON.stringify(request).slice(0, 1200)}`}`;
			if (known.example === '' || example.length < known.example.length) known.example = example;
			known.count++;
			known.documents.add(row.name);
			classes.set(name, known);
		}
	}
	const sorted = [...classes].sort(([, a], [, b]) => b.count - a.count);
	return sorted
		.map(
			([name, { count, documents, example }]) =>
				`\n${count} × ${name}\n  in ` +
				`${[...documents].slice(0, 8).join(', ')}${documents.size > 8 ? ` and ${documents.size - 8} more` : ''}\n    ` +
				`${example}`,
		)
		.join('\n');
}

function sum(counts: Count[]): Count {
	return counts.reduce((all, one) => ({ passed: all.passed + one.passed, of: all.of + one.of }), { passed: 0, of: 0 });
}

function percent({ passed, of }: Count): string {
	return of === 0 ? '–' : `${Math.floor((1000 * passed) / of) / 10} %`;
}

function text(count: Count): string {
	return count.of === 0 ? '–' : `${count.passed}/${count.of}`;
}
