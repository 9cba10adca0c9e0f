/** Shows what is being done and for how long. One step at a time. */
export interface Progress {
	/** A new step begins. */
	step(title: string): void;
	/** What the step is at just now; shown with the next refresh. */
	at(detail: string): void;
	/** The step is done. */
	done(): void;
	/** The step, if any, came to nothing. */
	failed(): void;
	/** A line of its own, between steps or within one. */
	say(text: string): void;
}

/** Where progress is shown: a terminal, or anything that takes lines. */
export interface Output {
	write(text: string): unknown;
	isTTY?: boolean;
	columns?: number;
}

const FRAMES = [...'⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏'];
/** Back to the start of the line, and clear it. */
const CLEAR = '\r\u001b[2K';

/**
 * On a terminal one line is rewritten; elsewhere (a log, CI) there is a line now and then.
 *
 * @param everyMs how often a line is written where there is no terminal.
 */
export function createProgress(out: Output = process.stdout, everyMs = 15_000): Progress {
	const live = out.isTTY === true;
	let step: { title: string; detail: string; since: number; timer: NodeJS.Timeout } | undefined;
	let frame = 0;

	const refresh = () => {
		if (!step) return;
		const parts = [step.title, elapsed(step.since), step.detail].filter((part) => part !== '');
		if (!live) {
			out.write(`  ${parts.join(' · ')}\n`);
			return;
		}
		frame = (frame + 1) % FRAMES.length;
		out.write(CLEAR + `${FRAMES[frame]} ${parts.join(' · ')}`.slice(0, (out.columns || 80) - 1));
	};

	const end = (mark: string) => {
		if (!step) return;
		clearInterval(step.timer);
		out.write(`${live ? CLEAR : ''}${mark} ${step.title} · ${elapsed(step.since)}\n`);
		step = undefined;
	};

	return {
		step(title) {
			end('✓');
			step = { title, detail: '', since: Date.now(), timer: setInterval(refresh, live ? 120 : everyMs) };
			// The line that `done` writes is enough for a step that is over before the first refresh.
			step.timer.unref();
		},
		at(detail) {
			if (step) step.detail = detail;
		},
		done: () => end('✓'),
		failed: () => end('✗'),
		say(text) {
			out.write(`${live ? CLEAR : ''}${text}\n`);
		},
	};
}

/** Such as `7 s` or `2:05 min`. */
function elapsed(since: number): string {
	const seconds = Math.round((Date.now() - since) / 1000);
	if (seconds < 60) return `${seconds} s`;
	return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')} min`;
}
