// The site of the benchmark for Eleventy. What isn't the default says why.
import path from "node:path";
import fs from "node:fs";

const PAGE_SIZE = 24;
const KINDS = [
  { key: "field", folder: "fields", label: "Field" },
  { key: "school", folder: "schools", label: "School" },
  { key: "topics", folder: "topics", label: "Topic" },
];

export default function (eleventyConfig) {
  eleventyConfig.addPassthroughCopy("assets");
  eleventyConfig.amendLibrary("md", (md) => md.set({ typographer: true }));
  eleventyConfig.setNunjucksEnvironmentOptions({ trimBlocks: true, lstripBlocks: true });
  eleventyConfig.addFilter("iso", (date) => date.toISOString().slice(0, 10));
  const day = new Intl.DateTimeFormat("en-US", { dateStyle: "long", timeZone: "UTC" });
  eleventyConfig.addFilter("day", (date) => day.format(date));

  // The newest first. Each story gets its neighbours here, because Eleventy's own filters for them
  // look through all stories for every page.
  eleventyConfig.addCollection("newest", async (api) => {
    const stories = api.getFilteredByTag("stories").reverse();
    stories.forEach((story, place) => {
      story.data.newer = stories[place - 1];
      story.data.older = stories[place + 1];
    });
    await Promise.all(stories.filter((story) => story.data.headshot).map(develop));
    return stories;
  });

  // Eleventy can't paginate each of many lists, so their pages are put together here.
  eleventyConfig.addCollection("termPages", (api) => terms(api).flatMap(pagesOf));
  eleventyConfig.addCollection("filters", (api) => {
    const all = terms(api);
    return KINDS.map((kind) => ({ label: kind.label, terms: all.filter((term) => term.kind === kind) }));
  });
  eleventyConfig.addCollection("feed", (api) => api.getFilteredByTag("stories").reverse().slice(0, 50));

  return {
    dir: { output: "public" },
    // Stories hold nothing but Markdown: no template language has to look through them.
    markdownTemplateEngine: false,
    templateFormats: ["md", "njk"],
  };
}

function slug(label) {
  return label.toLowerCase().replaceAll(" ", "-");
}

function terms(api) {
  const stories = api.getFilteredByTag("stories").reverse();
  return KINDS.flatMap((kind) => {
    const found = new Map();
    for (const story of stories) {
      for (const label of [story.data[kind.key]].flat()) {
        if (!found.has(label)) found.set(label, []);
        found.get(label).push(story);
      }
    }
    return [...found.keys()].sort().map((label) => {
      const address = `/${kind.folder}/${slug(label)}/`;
      return { kind, label, address, stories: found.get(label), count: found.get(label).length };
    });
  });
}

function pagesOf(term) {
  const total = Math.ceil(term.count / PAGE_SIZE);
  const address = (number) => (number === 1 ? term.address : `${term.address}page/${number}/`);
  return Array.from({ length: total }, (_, index) => ({
    label: term.label,
    address: address(index + 1),
    stories: term.stories.slice(index * PAGE_SIZE, (index + 1) * PAGE_SIZE),
    number: index + 1,
    total,
    previous: index > 0 ? address(index) : "",
    next: index + 1 < total ? address(index + 2) : "",
  }));
}

// Squares are more than @11ty/eleventy-img does, so this is sharp, which that plugin is made of. The photo
// is decoded once, and all widths are made of the largest.
async function develop(story) {
  const { default: sharp } = await import("sharp");
  const photo = path.join(path.dirname(story.inputPath), story.data.headshot);
  const folder = path.join("public", "images");
  fs.mkdirSync(folder, { recursive: true });
  const { data, info } = await sharp(photo).rotate().resize(768, 768).raw().toBuffer({ resolveWithObject: true });
  const crop = () => sharp(data, { raw: info });
  const name = (width, ending) => `${story.fileSlug}-${width}.${ending}`;
  const widths = [96, 192, 384, 768];
  await Promise.all([
    ...widths.map((width) =>
      crop().resize(width, width).webp({ quality: 80 }).toFile(path.join(folder, name(width, "webp"))),
    ),
    crop().resize(630, 630).jpeg({ quality: 82 }).toFile(path.join(folder, name(630, "jpg"))),
  ]);
  story.data.picture = {
    webp: widths.map((width) => `/images/${name(width, "webp")} ${width}w`).join(", "),
    jpeg: `/images/${name(630, "jpg")}`,
  };
}
