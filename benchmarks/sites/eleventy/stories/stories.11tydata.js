// A function, because a text would be rendered as a template for every story.
export default {
  layout: "story.njk",
  tags: "stories",
  permalink: (data) => `/stories/${data.page.fileSlug}/index.html`,
};
