import { share, type Figures } from './figures';

/** The minimum of each figure of a set, 0 to 1. */
export interface Goal {
	[figure: string]: number;
}

/** A figure with its goal. */
export interface Verdict {
	text: string;
	value: number;
	goal: number;
}

/** Vendors with fewer labels than this share a line. */
const FEW = 5;

/** The figures of a set as a table, the vendor with the most labels first. */
export function tableOf(set: string, figures: Map<string, Figures>): string {
	const names = Object.keys(figures.get('all')?.values ?? {});
	const rows = [...figures].sort(([, one], [, other]) => other.n - one.n).filter(([vendor, { n }]) => vendor === 'all' || n >= FEW);
	const head = ['vendor', 'n', ...names, 'sure', 'of them wrong'];
	const lines = rows.map(([vendor, { n, values, sure }]) => [
		vendor,
		String(n),
		...names.map((name) => percent(values[name])),
		String(sure.of),
		sure.of === 0 ? '–' : percent(1 - share(sure.right, sure.of)),
	]);
	const widths = head.map((_, column) => Math.max(...[head, ...lines].map((line) => line[column].length)));
	const text = (line: string[]) =>
		line.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]))).join('  ');
	return [`## ${set}`, text(head), ...lines.map(text)].join('\n');
}

/** All figures with a goal. A set without labels has none. */
export function summary(set: string, figures: Figures | undefined, goal: Goal): Verdict[] {
	if (!figures || figures.n === 0) return [];
	return Object.entries(goal).map(([name, least]) => {
		const value = figures.values[name];
		return {
			value,
			goal: least,
			text: `${value >= least ? 'reached' : 'BELOW  '}  ${set}, ${name}: ${percent(value)} (goal ${percent(least)})`,
		};
	});
}

export function isMet({ value, goal }: Verdict): boolean {
	return value >= goal;
}

function percent(value: number): string {
	return Number.isNaN(value) ? '–' : `${(100 * value).toFixed(1)} %`;
}
