/**
 * Follows the lines of `npm --loglevel=http` and puts what npm is doing into a few words.
 * A line such as `npm http fetch GET 200 https://registry.npmjs.org/a/-/a-1.0.0.tgz 12ms (cache miss)` is a package;
 * one whose URL has no `/-/` is the list of a package's versions.
 */
export function describeNpm(): (line: string) => string {
	let lists = 0;
	let packages = 0;
	let now = 'starting npm';
	return (line) => {
		const [, url] = /^npm http fetch GET \d+ (\S+)/.exec(line) ?? [];
		if (url?.includes('/-/')) now = `downloading package ${++packages}`;
		else if (url) now = `looking up versions, package ${++lists}`;
		else if (/^\s+(CC|CXX)\(target\)/.test(line)) now = 'compiling';
		return now;
	};
}
