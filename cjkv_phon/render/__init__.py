"""Pages to look at: text with its sound as HTML that needs nothing else."""

from cjkv_phon.render.fragments import comparison_fragment, transcription_fragment
from cjkv_phon.render.page import comparison_page, page

__all__ = ["comparison_fragment", "comparison_page", "page", "transcription_fragment"]
