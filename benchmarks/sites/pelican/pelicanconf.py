"""The site of the benchmark for Pelican. What isn't the default says why."""

SITENAME = "Test Collective"
SITEURL = "https://example.org"
DESCRIPTION = "A collective of schools and neighbors who tell what young people do in science."
NAVIGATION = [
    ("Home", "/"),
    ("Mission", "/mission/"),
    ("Hear From Our Youth", "/stories/"),
    ("Join", "/join/"),
]

PATH = "content"
OUTPUT_PATH = "public"
THEME = "theme"
THEME_STATIC_DIR = "assets"
ARTICLE_PATHS = ["stories"]
STATIC_PATHS: list[str] = []
TIMEZONE = "UTC"
DEFAULT_LANG = "en"
DEFAULT_DATE_FORMAT = "%B %d, %Y"
PLUGINS = ["pelican.plugins.neighbors"]

# Only the extensions that the texts need; smarty, because TYPOGRIFY goes through whole pages once more.
MARKDOWN = {
    "extension_configs": {"markdown.extensions.meta": {}, "markdown.extensions.smarty": {}},
    "output_format": "html5",
}

# Pelican knows category, authors and tags: field, school and topics.
ARTICLE_URL = "stories/{slug}/"
ARTICLE_SAVE_AS = "stories/{slug}/index.html"
PAGE_URL = "{slug}/"
PAGE_SAVE_AS = "{slug}/index.html"
CATEGORY_URL = "fields/{slug}/"
CATEGORY_SAVE_AS = "fields/{slug}/index.html"
AUTHOR_URL = "schools/{slug}/"
AUTHOR_SAVE_AS = "schools/{slug}/index.html"
TAG_URL = "topics/{slug}/"
TAG_SAVE_AS = "topics/{slug}/index.html"
USE_FOLDER_AS_CATEGORY = False

DIRECT_TEMPLATES = ["index", "stories", "sitemap"]
STORIES_SAVE_AS = "stories/index.html"
SITEMAP_SAVE_AS = "sitemap.xml"
DEFAULT_PAGINATION = 24
PAGINATED_TEMPLATES = {"stories": None, "category": None, "author": None, "tag": None}
PAGINATION_PATTERNS = (
    (1, "{base_name}/", "{base_name}/index.html"),
    (2, "{base_name}/page/{number}/", "{base_name}/page/{number}/index.html"),
)

# One feed, of the newest fifty; by default each list has one of its own.
FEED_ALL_ATOM = "feed.xml"
FEED_DOMAIN = SITEURL
FEED_MAX_ITEMS = 50
CATEGORY_FEED_ATOM = None
AUTHOR_FEED_ATOM = None
AUTHOR_FEED_RSS = None
TRANSLATION_FEED_ATOM = None
